import { AppError } from "@/core/errors";
import { createRateLimiter } from "@/server/http/rate-limit";
import { hashToken } from "@/server/digest";
import { errorResponse } from "@/server/http/respond";
import { clientAddress } from "@/server/auth/client-address";
import { countingGuesses } from "@/server/auth/token-guesses";
import { fileOfToken } from "./address";
import { sendFile } from "./send";
import { findBoundByAddress } from "./store";

export { fileAddress } from "./address";
export { receiveFile } from "./receive";
export { sendFile } from "./send";
export { deleteLoose, findBound, type StoredFile } from "./store";
export { takeFiles } from "./take";

/** Of one address, by all who have it. */
const opens = createRateLimiter({ perSecond: 2, burst: 30 });

/** What `/files/[token]` answers. The address is the proof; no cookie is read or set. */
export async function serveFile(token: string, headers: Headers): Promise<Response> {
  try {
    const address = clientAddress((name) => headers.get(name));
    return await countingGuesses(address, "not_found", async () => {
      const id = fileOfToken(token);
      if (id === null) throw expired();
      opens.take(hashToken(token));
      const file = await findBoundByAddress(id);
      if (file === null) throw expired();
      return sendFile(file);
    });
  } catch (error) {
    return errorResponse(error, crypto.randomUUID());
  }
}

function expired(): AppError {
  return new AppError(
    "not_found",
    "This address does not open a file, or its five minutes are over. Open the file from the run again.",
  );
}
