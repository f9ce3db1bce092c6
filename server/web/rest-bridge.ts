import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline, Readable } from "node:stream";
import { env } from "@/server/env";
import { serveRest } from "@/server/routes/serve-rest";
import { apiAnswer, everyAnswer } from "./security-headers";

/** Next serves these itself: sign-in, tRPC with its live streams and the demo's third parties. */
const nextPaths = /^\/api\/(?:auth|trpc|sandbox)(?:[/?]|$)/;

export function isRestPath(url: string): boolean {
  return url.startsWith("/api/") && !nextPaths.test(url);
}

const securityHeaders = Object.fromEntries(
  [...everyAnswer, ...apiAnswer].map(({ key, value }) => [key.toLowerCase(), value]),
);

/** Carries a request from Node's server to the REST handler and its answer back, streams included. */
export async function answerRest(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  outgoing.once("finish", () => {
    dropUnread(incoming);
  });
  const answer = await serveRest(toWebRequest(incoming));
  const headers: Record<string, string | string[]> = { ...securityHeaders };
  answer.headers.forEach((value, name) => {
    headers[name] = value;
  });
  // Refused on the way, while the body was being read.
  if (outgoing.headersSent) return;
  if (!answer.body) {
    outgoing.writeHead(answer.status, headers).end();
    return;
  }
  if (answer.headers.get("content-type")?.startsWith("text/event-stream")) {
    // Set apart, so that a graceful stop recognises the live stream.
    outgoing.setHeader("content-type", "text/event-stream");
    outgoing.writeHead(answer.status, headers);
    outgoing.flushHeaders();
    // A reader that goes away ends the stream's source; that is how most of them end, and no error.
    pipeline(Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]), outgoing, () => undefined);
    return;
  }
  // A file, sent as fast as it is taken; whoever goes away in the middle ends the reading of it.
  if (answer.headers.has("content-length")) {
    outgoing.writeHead(answer.status, headers);
    pipeline(Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]), outgoing, () => undefined);
    return;
  }
  const body = Buffer.from(await answer.arrayBuffer());
  outgoing
    .writeHead(answer.status, { ...headers, "content-length": String(body.length) })
    .end(incoming.method === "HEAD" ? undefined : body);
}

/** A body that was refused unread is let go, so that the connection's next request is heard. */
function dropUnread(incoming: IncomingMessage): void {
  if (incoming.complete) return;
  incoming.removeAllListeners("data");
  incoming.resume();
}

function toWebRequest(incoming: IncomingMessage): Request {
  const headers = new Headers();
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2)
    headers.append(incoming.rawHeaders[index] ?? "", incoming.rawHeaders[index + 1] ?? "");
  const method = incoming.method ?? "GET";
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(new URL(incoming.url ?? "/", env().HOLDPOINT_BASE_URL), {
    method,
    headers,
    ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" } : {}),
  });
}
