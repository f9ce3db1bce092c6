import { createServer, request as ask } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { loopbackPort } from "@/inngest/remote/loopback-port.testkit";
import { createCallLedger, type CallLedger } from "./call-ledger.testkit";

/** The one address of several workers, at which a real Inngest server calls them (docs/operations.md). */
export interface Balancer {
  url: string;
  calls: CallLedger;
  /** A worker listens at this port, or will. */
  add(port: number): void;
  remove(port: number): void;
  close(): Promise<void>;
}

/**
 * With nobody there the server is asked to come back after so many seconds. It gives a driver up after 21 tries, and these outlast ten
 * minutes without a worker.
 */
const comeBackSeconds = 40;

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Gives each request to the next worker that accepts connections. One that was begun and broke off is cut off here as well. */
export async function startBalancer(): Promise<Balancer> {
  const calls = createCallLedger();
  let ports: number[] = [];
  let turn = 0;
  // An idle connection stays: a call that meets its end would be lost.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    void pass(request, response).catch((error: unknown) => {
      process.emitWarning(`A call could not be passed on: ${String(error)}`);
      response.destroy();
    });
  });
  const port = await loopbackPort(server);

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const call = request.method === "POST" ? calls.came(request.headers, body) : null;
    turn += 1;
    const first = turn % Math.max(ports.length, 1);
    for (const worker of [...ports.slice(first), ...ports.slice(0, first)]) {
      call?.given(worker);
      const answer = await forward(worker, request, body);
      if (answer === "refused") continue;
      if (answer === "cut") {
        call?.failed();
        response.destroy();
        return;
      }
      call?.answered(answer);
      // As in the runtime suite: a step that failed is asked for again at once, and not after a minute.
      if (answer.headers["x-inngest-no-retry"] === "false") answer.headers["retry-after"] ??= "1";
      response.writeHead(answer.status, hopFree(answer.headers, answer.body)).end(answer.body);
      return;
    }
    call?.failed();
    response.writeHead(503, { "retry-after": String(comeBackSeconds) }).end();
  }

  return {
    url: `http://127.0.0.1:${String(port)}`,
    calls,
    add: (worker) => ports.push(worker),
    remove: (worker) => (ports = ports.filter((each) => each !== worker)),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forward(
  port: number,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<Answer | "refused" | "cut"> {
  return new Promise((resolve) => {
    const call = ask({
      host: "127.0.0.1",
      port,
      ...(method === undefined ? {} : { method }),
      ...(url === undefined ? {} : { path: url }),
      // A connection of its own: nobody knows of a kept one whether the worker is about to close it.
      agent: false,
      headers: { ...hopFree(headers, body), connection: "close" },
    });
    call.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code === "ECONNREFUSED" ? "refused" : "cut");
    });
    call.once("response", (response) => {
      buffer(response).then(
        (said) => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: said });
        },
        () => {
          resolve("cut");
        },
      );
    });
    call.end(body);
  });
}

/** Without what is about one connection only. */
function hopFree(
  {
    connection: _connection,
    "keep-alive": _keepAlive,
    "transfer-encoding": _encoding,
    ...headers
  }: IncomingHttpHeaders,
  body: Buffer,
): IncomingHttpHeaders {
  return { ...headers, "content-length": String(body.length) };
}
