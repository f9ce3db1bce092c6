import { createServer, request as call, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { settleClientAddress } from "./client-address";
import { limitConnections } from "./limit-connections";

let server: Server;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** A server that leaves each request unanswered, and how many it took up. */
async function serve({ most, trustedProxies = 0 }: { most: number; trustedProxies?: number }) {
  const taken: string[] = [];
  server = createServer((request, response) => {
    settleClientAddress(request, trustedProxies);
    if (!hasRoom(request, response)) return;
    taken.push(String(request.headers["x-forwarded-for"]));
    if (request.url === "/answer") response.end("taken");
  });
  const hasRoom = limitConnections(server, { most, trustedProxies });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, taken };
}

/** A connection that says nothing, from one of this machine's addresses; `text` is what it was told. */
async function open(port: number, from = "127.0.0.1") {
  const socket = connect({ port, host: "127.0.0.1", localAddress: from });
  sockets.push(socket);
  const told = { text: "", isClosed: false };
  socket.setEncoding("utf8").on("data", (part: string) => (told.text += part));
  socket.on("error", () => undefined);
  const closed = new Promise<void>((resolve) =>
    socket.once("close", () => {
      told.isClosed = true;
      resolve();
    }),
  );
  await new Promise<void>((resolve) =>
    socket
      .once("connect", () => {
        resolve();
      })
      .once("close", () => {
        resolve();
      }),
  );
  return { socket, told, closed };
}

/** The status of a request, or "waiting" once the server has taken it up. */
function ask(port: number, forwarded: string, path = "/wait") {
  const outgoing = call({ port, host: "127.0.0.1", path, agent: false, headers: { "X-Forwarded-For": forwarded } });
  const status = new Promise<number>((resolve, reject) => {
    outgoing.once("response", (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.once("error", reject);
  });
  outgoing.end();
  status.catch(() => undefined);
  return { status, leave: () => outgoing.destroy() };
}

it("L15 one address has so many connections; one more is turned away, and other addresses are not", async () => {
  const { port } = await serve({ most: 3 });
  const held = [await open(port), await open(port), await open(port)];
  const fourth = await open(port);
  await fourth.closed;
  expect(fourth.told.text).toMatch(/^HTTP\/1\.1 429 [^]*retry-after: 5\r\n[^]*Close some, or try again in 5 s\.\n$/);
  const elsewhere = await open(port, "127.0.0.2");
  elsewhere.socket.write("GET /answer HTTP/1.1\r\nhost: x\r\n\r\n");
  await expect.poll(() => elsewhere.told.text).toMatch(/^HTTP\/1\.1 200 /);
  expect(held.map(({ told }) => told.isClosed)).toEqual([false, false, false]);
});

it("L15 what a turned away connection asks for is not worked on, and its place was never taken", async () => {
  const { port, taken } = await serve({ most: 1 });
  const held = await open(port);
  const refused = connect(port, "127.0.0.1", () => refused.write("GET /answer HTTP/1.1\r\nhost: x\r\n\r\n"));
  refused.on("error", () => undefined).resume();
  await new Promise((resolve) => refused.once("close", resolve));
  expect(taken).toEqual([]);
  held.socket.destroy();
  await expect
    .poll(async () => {
      const next = await open(port);
      next.socket.write("GET /answer HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
      await next.closed;
      return next.told.text;
    })
    .toMatch(/^HTTP\/1\.1 200 /);
});

it("L15 behind a proxy its connections are free, and each client has so many requests under way", async () => {
  const { port, taken } = await serve({ most: 2, trustedProxies: 1 });
  const held = [ask(port, "203.0.113.9"), ask(port, "203.0.113.9")];
  await expect.poll(() => taken).toEqual(["203.0.113.9", "203.0.113.9"]);
  expect(await ask(port, "203.0.113.9").status).toBe(429);
  // What the client itself wrote there gives it no other address.
  expect(await ask(port, "198.51.100.1, 203.0.113.9").status).toBe(429);
  expect(await ask(port, "203.0.113.10", "/answer").status).toBe(200);
  held[0]?.leave();
  await expect.poll(() => ask(port, "203.0.113.9", "/answer").status).toBe(200);
});
