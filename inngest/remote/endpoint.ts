import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { HostCheck } from "@/server/web/host-check";
import { gracefulStop } from "@/server/web/graceful-stop";

/** Where the Inngest server calls the functions. */
export const callPath = "/api/inngest";

export interface EndpointOptions {
  host: string;
  port: number;
  /** The SDK's handler: GET tells what is served, PUT registers, POST runs a step. */
  calls(request: IncomingMessage, response: ServerResponse): unknown;
  /** Which names the port may be called by. */
  isForUs: HostCheck;
  /** Why the worker is not ready, as sentences; empty when it is. */
  problems(): Promise<string[]>;
  version: string;
  graceMs: number;
}

/** The worker's own port: the calls of a real Inngest server, `/health` (ready) and `/health/live`. */
export async function openEndpoint(options: EndpointOptions): Promise<{ port: number; stop(): Promise<void> }> {
  const { host, port, calls, isForUs, problems, version, graceMs } = options;
  const routes: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => unknown>> = {
    [callPath]: calls,
    "/health": async (_, response) => {
      const found = await problems();
      const status = found.length === 0 ? "ready" : "starting";
      answerJson(response, found.length === 0 ? 200 : 503, { status, problems: found, version });
    },
    "/health/live": (_, response) => {
      answerJson(response, 200, { status: "live", version });
    },
  };
  // A call of the SDK runs many steps, so only its head has a time limit.
  const server = createServer({ requestTimeout: 0, headersTimeout: 20_000 }, (request, response) => {
    if (!isForUs(request, response)) return;
    const route = routes[(request.url ?? "/").split("?")[0] ?? "/"];
    if (route) void route(request, response);
    else answerJson(response, 404, { error: { code: "not_found", message: "There is nothing here." } });
  });
  const stop = gracefulStop(server, graceMs);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The worker's endpoint has no port.");
  return { port: address.port, stop };
}

function answerJson(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(text)),
    "cache-control": "no-store",
  });
  response.end(text);
}
