import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { AppError } from "@/core/errors";
import { requireSameOrigin } from "@/server/auth/same-origin";
import { actorFromCookies } from "@/server/auth/session";
import { errorResponse } from "./rest/respond";
import { appRouter } from "./root";
import { logTrpcError } from "./trpc-error";

const endpoint = "/api/trpc";
const maxBodyBytes = 4_000_000;

/** Serves the browser's procedures. Only the session counts here; API keys use REST. */
export async function serveTrpc(request: Request): Promise<Response> {
  const requestId = crypto.randomUUID();
  try {
    if (request.method !== "GET") requireSameOrigin(request.headers);
    if (Number(request.headers.get("content-length") ?? 0) > maxBodyBytes)
      throw new AppError("payload_too_large", "This request is larger than 4 MB.");
    const actor = await actorFromCookies(request.headers.get("cookie"));
    return await fetchRequestHandler({
      endpoint,
      req: request,
      router: appRouter,
      createContext: () => ({ actor, requestId }),
      onError: ({ error, path }) => {
        logTrpcError(error, path, requestId);
      },
    });
  } catch (error) {
    return errorResponse(error, requestId);
  }
}
