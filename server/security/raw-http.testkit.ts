import { request, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";

export interface RawCall {
  method: string;
  path: string;
  headers: Record<string, string | string[]>;
  /** Sent as they are; without `content-length` among the headers the body goes chunked. */
  parts: readonly (string | Uint8Array)[];
  /** The sender goes away before the body is complete. */
  cutOff?: boolean;
}

export interface RawAnswer {
  /** Null: the connection was closed without an answer. */
  status: number | null;
  text: string;
  ms: number;
}

/** One request as a hostile sender writes it. Settles when answered, or when the other side closed the connection. */
export function rawCall(baseUrl: string, call: RawCall, hangMs: number): Promise<RawAnswer> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const done = (status: number | null, text: string): void => {
      resolve({ status, text, ms: performance.now() - started });
    };
    const sent = request(
      `${baseUrl}${call.path}`,
      { method: call.method, headers: call.headers, agent: false, timeout: hangMs },
      (answer) => {
        readText(answer).then(
          (text) => {
            done(answer.statusCode ?? null, text);
            sent.destroy();
          },
          () => done(answer.statusCode ?? null, ""),
        );
      },
    );
    // A server that refuses before it has read everything closes the connection under the sender.
    sent.on("error", () => done(null, ""));
    sent.on("timeout", () => {
      reject(new Error("no answer"));
      sent.destroy();
    });
    for (const part of call.parts) sent.write(part);
    if (call.cutOff === true) setImmediate(() => sent.destroy());
    else sent.end();
  });
}

async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** Connections that begin a request and never finish it. */
export async function openSlow(baseUrl: string, path: string, count: number): Promise<Socket[]> {
  const { hostname, port } = new URL(baseUrl);
  return Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect(Number(port), hostname, () => {
            socket.write(`POST ${path} HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nX-Slow: `);
            resolve(socket);
          });
          socket.once("error", reject);
        }),
    ),
  );
}
