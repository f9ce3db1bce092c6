import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;

/** A procedure, which brings all services with it, and a page, which brings the gate of all pages. Neither asks for much. */
const paths = ["/api/trpc/warm.up", "/sign-in"];
/** Should one of them wait for something that is away, the start goes on. */
const limitMs = 10_000;

/**
 * Has Next load what it would load at the first request of a kind, before anybody is let in: that takes the better part of a second,
 * in which nobody else would be answered.
 */
export async function warmUp(handle: Handler, whenFailed: (error: unknown, path: string) => void): Promise<void> {
  const ended = new AbortController();
  const limit = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, limitMs);
    ended.signal.addEventListener("abort", () => {
      clearTimeout(timer);
    });
  });
  const ask = async (): Promise<void> => {
    for (const path of paths)
      await askFromWithin(path, handle).catch((error: unknown) => {
        whenFailed(error, path);
      });
  };
  await Promise.race([ask(), limit]);
  ended.abort();
}

async function askFromWithin(path: string, handle: Handler): Promise<void> {
  const request = new IncomingMessage(nowhere());
  Object.assign(request, { method: "GET", url: path, headers: { host: "localhost" }, complete: true });
  request.push(null);
  const response = new ServerResponse(request);
  const connection = nowhere();
  response.assignSocket(connection);
  // What a server does for its connections.
  connection.on("drain", () => response.emit("drain"));
  await handle(request, response);
}

/** A connection without another end: what is written is dropped. */
function nowhere(): Socket {
  return Object.assign(new Socket(), {
    _write: (_chunk: unknown, _encoding: BufferEncoding, done: () => void) => {
      done();
    },
    _writev: (_chunks: unknown, done: () => void) => {
      done();
    },
  });
}
