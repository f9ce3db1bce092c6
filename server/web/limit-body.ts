import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/core/errors";
import { errorResponse } from "@/server/http/respond";

/** How long the rest of a refused body may still arrive, unread: a connection cut at once would take the answer with it. */
const lingerMs = 1_000;

/**
 * Holds a request to a number of bytes. What declares more is refused at once (false); what turns out to be more on the way is
 * refused at the byte where it does. Either way the sender gets 413 where an answer is still possible, and the connection is closed.
 */
export function limitBody(request: IncomingMessage, response: ServerResponse, limit: number): boolean {
  const tooLarge = new AppError(
    "payload_too_large",
    `The body is larger than ${String(Math.floor(limit / 1_000))} kB, the most this address takes.`,
  );
  if (Number(request.headers["content-length"] ?? 0) > limit) {
    refuse(request, response, tooLarge);
    return false;
  }
  if (request.headers["transfer-encoding"] === undefined) return true;
  // The parser of the HTTP server hands its bytes to `push`: counted there, whoever reads them later, and however.
  const push = request.push.bind(request);
  let size = 0;
  request.push = (chunk: Uint8Array | null, encoding?: BufferEncoding) => {
    size += chunk?.length ?? 0;
    if (size <= limit) return push(chunk, encoding);
    // What comes from here on is dropped where it arrives.
    request.push = () => true;
    refuse(request, response, tooLarge);
    return true;
  };
  return true;
}

/** Answers in the shape of all errors, reads nothing more, and closes the connection. */
export function refuse(request: IncomingMessage, response: ServerResponse, refusal: AppError): void {
  const close = (): void => void request.destroy();
  if (response.headersSent) {
    close();
    return;
  }
  response.once("finish", () => {
    const cut = setTimeout(close, lingerMs);
    request.once("close", () => {
      clearTimeout(cut);
    });
  });
  const answer = errorResponse(refusal, crypto.randomUUID());
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  void answer.text().then((body) => response.end(request.method === "HEAD" ? undefined : body));
}
