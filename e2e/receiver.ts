import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingHttpHeaders } from "node:http";

export interface ReceivedCall {
  path: string;
  headers: IncomingHttpHeaders;
  /** The bytes that were signed. */
  body: string;
}

export interface Receiver {
  url: string;
  calls: ReceivedCall[];
  close(): Promise<void>;
}

/** A real HTTP server on this machine that keeps what it is sent and answers 204. */
export async function startReceiver(): Promise<Receiver> {
  const calls: ReceivedCall[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      calls.push({ path: request.url ?? "", headers: request.headers, body });
      response.writeHead(204).end();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The receiver has no port");
  return {
    url: `http://127.0.0.1:${String(address.port)}/hooks`,
    calls,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** A service that takes every call and breaks the connection. */
export async function cutsOff(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request) => request.socket.destroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The service has no port");
  return { url: `http://127.0.0.1:${String(address.port)}`, close: () => server.close() };
}

/** A service that answers 500 to the first calls, and 200 from then on. */
export async function refusesAtFirst(calls: number): Promise<{ url: string; close: () => void }> {
  let taken = 0;
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      taken += 1;
      response.writeHead(taken > calls ? 200 : 500, { "content-type": "application/json" }).end("{}");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The service has no port");
  return { url: `http://127.0.0.1:${String(address.port)}`, close: () => server.close() };
}
