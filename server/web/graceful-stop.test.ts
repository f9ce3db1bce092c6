import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { gracefulStop } from "./graceful-stop";

const longMs = 600_000;
let server: Server;
afterEach(() => server.closeAllConnections());

async function serve(listener: RequestListener, graceMs = longMs) {
  server = createServer({ keepAliveTimeout: longMs }, listener);
  const stop = gracefulStop(server, graceMs);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}`, port: address.port, stop };
}

/** A listener that answers when told to. */
function heldAnswer() {
  const responses: ServerResponse[] = [];
  const listener: RequestListener = (_, response) => void responses.push(response);
  return {
    listener,
    arrived: () => expect.poll(() => responses).toHaveLength(1),
    answer: () => responses[0]?.end("done"),
  };
}

test("3.29 a request under way is answered, new ones are refused, and then the stop is over", async () => {
  const held = heldAnswer();
  const { url, stop } = await serve(held.listener);
  const request = fetch(url);
  await held.arrived();
  const stopped = stop();
  await expect(fetch(url)).rejects.toThrow("fetch failed");
  held.answer();
  expect(await (await request).text()).toBe("done");
  await stopped;
});

test("a live stream is cut at once, as is a connection that was opened ahead of time", async () => {
  const { url, port, stop } = await serve((_, response) => {
    response.setHeader("content-type", "text/event-stream");
    response.write("data: 1\n\n");
  });
  const stream = await fetch(url);
  const opened = new Promise((resolve) => server.once("connection", resolve));
  const silent = connect(port, "127.0.0.1");
  await opened;
  await stop();
  await expect(stream.text()).rejects.toThrow();
  silent.destroy();
});

test("what takes longer than the grace is cut", async () => {
  const held = heldAnswer();
  const { url, stop } = await serve(held.listener, 1);
  const request = fetch(url);
  const failed = expect(request).rejects.toThrow("fetch failed");
  await held.arrived();
  await stop();
  await failed;
});
