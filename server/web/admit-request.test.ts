import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { admitRequest } from "./admit-request";

let server: Server;
afterEach(() => server.closeAllConnections());

/** A server behind the gate that reads bodies to their end and says how long they were. */
async function serve(): Promise<{ port: number; read: () => number }> {
  let read = 0;
  server = createServer((request, response) => {
    if (!admitRequest(request, response)) return;
    request.on("data", (part: Buffer) => (read += part.length));
    request.on("end", () => response.end("taken"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, read: () => read };
}

/** Sends bytes as they are, and then more and more of `endless` until the other side has closed. */
function send(port: number, head: string, endless = ""): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(head.replaceAll("\n", "\r\n"));
      more();
    });
    const more = (): void => {
      if (endless === "" || socket.destroyed) return;
      socket.write(endless, () => setImmediate(more));
    };
    socket.setEncoding("utf8").on("data", (part: string) => (answer += part));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      resolve(answer);
    });
  });
}

const chunk = `10000\r\n${"0".repeat(0x10000)}\r\n`;

it.each([
  ["/api/trpc/conversations.send", 4_000_000],
  ["/api/auth/callback/credentials", 16_000],
  ["/api/callbacks/some-token", 1_000_000],
  ["/inbox", 64_000],
])("H2 a body without a length is counted on its way: %s", async (path, limit) => {
  const { port, read } = await serve();
  const answer = await send(port, `POST ${path} HTTP/1.1\nhost: x\ntransfer-encoding: chunked\n\n`, chunk);
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toContain(`${String(limit / 1_000)} kB`);
  expect(read()).toBeLessThanOrEqual(limit);
});

it("H2 a body that says it is too long is not read at all", async () => {
  const { port, read } = await serve();
  const answer = await send(
    port,
    "POST /api/runs HTTP/1.1\nhost: x\ncontent-length: 200000000\n\n",
    "0".repeat(50_000),
  );
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(read()).toBe(0);
});

it("L12 TRACE is no request of ours", async () => {
  const { port } = await serve();
  expect(await send(port, "TRACE / HTTP/1.1\nhost: x\nconnection: close\n\n")).toMatch(/^HTTP\/1\.1 405 /);
});

it("a body within its limit goes through, in parts as whole", async () => {
  const { port } = await serve();
  const url = `http://127.0.0.1:${String(port)}/api/workflows`;
  const body = () => new Blob(["0".repeat(2_999_999)]);
  expect(await (await fetch(url, { method: "POST", body: body() })).text()).toBe("taken");
  const streamed = { method: "POST", body: body().stream(), duplex: "half" } as RequestInit;
  expect(await (await fetch(url, streamed)).text()).toBe("taken");
});
