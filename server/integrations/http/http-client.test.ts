import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { createHttpClient } from "./http-client";
import { loopbackServer } from "./loopback.testkit";
import { parsePrivateHosts } from "./private-hosts";

const client = createHttpClient({ privateHosts: parsePrivateHosts("127.0.0.1,localhost"), maxResponseBytes: 100_000 });
afterAll(() => client.close());

const origin = (server: { address(): unknown }): string =>
  `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;

describe("outbound client", () => {
  test("sends method, headers and body, and parses JSON", async () => {
    const server = await loopbackServer((_request, response) =>
      response
        .writeHead(201, { "content-type": "application/json; charset=utf-8", "X-Thing": "1" })
        .end('{"a":[1,"ü"]}'),
    );
    const result = await client.send({
      kind: "connection",
      method: "post",
      url: `${server.origin}/x?y=1`,
      headers: { "content-type": "application/json", "x-a": "b" },
      body: '{"q":1}',
      timeoutMs: 60_000,
    });
    expect(result).toMatchObject({ response: { status: 201, body: { a: [1, "ü"] }, headers: { "x-thing": "1" } } });
    expect(server.requests).toMatchObject([
      { method: "POST", url: "/x?y=1", body: '{"q":1}', headers: { "x-a": "b" } },
    ]);
    await server.close();
  });

  test.each([
    ["", "application/json", null],
    ["plain", "text/plain", "plain"],
    ["{broken", "application/json", "{broken"],
    ['{"v":1}', "text/plain", { v: 1 }],
    ["12", "application/json", 12],
    ["12", "text/plain", "12"],
    ['{"a":"x\\u0000y\\ud800z"}', "application/json", { a: "xy\ufffdz" }],
    [`${"[".repeat(5000)}${"]".repeat(5000)}`, "application/json", `${"[".repeat(5000)}${"]".repeat(5000)}`],
  ])("body %j of type %s", async (text, type, expected) => {
    const server = await loopbackServer((_request, response) =>
      response.writeHead(200, { "content-type": type }).end(text),
    );
    expect(
      await client.send({ kind: "connection", method: "GET", url: server.origin, timeoutMs: 60_000 }),
    ).toMatchObject({
      response: { body: expected },
    });
    await server.close();
  });

  test.each([
    ['{"constructor":2,"__proto__":{"a":1},"b":[{"prototype":1}]}', "fields named __proto__, constructor, prototype"],
    ['{"a":"x\\u0000y"}', "NUL was left out"],
    ['{"toString":1,"a":"constructor"}', null],
  ])("what is not read as it was sent is said: %s", async (text, words) => {
    const server = await loopbackServer((_request, response) =>
      response.writeHead(200, { "content-type": "application/json" }).end(text),
    );
    const sent = await client.send({ kind: "connection", method: "GET", url: server.origin, timeoutMs: 60_000 });
    const { warnings = [] } = "response" in sent ? sent.response : {};
    expect(warnings).toEqual(words === null ? [] : [expect.stringContaining(words)]);
    await server.close();
  });

  test("any status is a response, a redirect included", async () => {
    for (const status of [204, 301, 302, 400, 404, 429, 500, 503]) {
      const server = await loopbackServer((_request, response) =>
        response.writeHead(status, { location: "http://127.0.0.1:1/" }).end(),
      );
      expect(
        await client.send({ kind: "connection", method: "GET", url: server.origin, timeoutMs: 60_000 }),
      ).toMatchObject({
        response: { status },
      });
      expect(server.requests).toHaveLength(1);
      await server.close();
    }
  });

  test("credentials do not follow a redirect to another origin, and do within one", async () => {
    const other = await loopbackServer((_request, response) => response.end("{}"));
    const server = await loopbackServer((request, response) => {
      if (request.url === "/same") response.writeHead(307, { location: "/away" }).end();
      else response.writeHead(307, { location: `${other.origin}/there` }).end();
    });
    const headers = {
      Authorization: "Bearer top",
      Cookie: "a=b",
      "X-Key": "mine",
      "x-trace": "t",
      "content-type": "application/json",
    };
    await client.send({
      kind: "connection",
      method: "POST",
      url: `${server.origin}/same`,
      headers,
      body: "{}",
      timeoutMs: 60_000,
      maxRedirects: 3,
      credentialHeaders: ["x-key"],
    });
    expect(server.requests[1]?.headers).toMatchObject({ authorization: "Bearer top", "x-key": "mine" });
    expect(other.requests).toHaveLength(1);
    expect(other.requests[0]).toMatchObject({ method: "POST", body: "{}", headers: { "x-trace": "t" } });
    for (const name of ["authorization", "cookie", "x-key"])
      expect(other.requests[0]?.headers).not.toHaveProperty(name);
    await server.close();
    await other.close();
  });

  test("a redirect loop ends with the redirect as the answer, and 303 turns into GET", async () => {
    const server = await loopbackServer((_request, response) => response.writeHead(303, { location: "/again" }).end());
    const result = await client.send({
      kind: "connection",
      method: "POST",
      url: server.origin,
      body: "{}",
      headers: { "content-type": "application/json" },
      timeoutMs: 60_000,
      maxRedirects: 4,
    });
    expect(result).toMatchObject({ response: { status: 303 } });
    expect(server.requests.map((seen) => seen.method)).toEqual(["POST", "GET", "GET", "GET", "GET"]);
    expect(server.requests[1]?.headers).not.toHaveProperty("content-type");
    await server.close();
  });

  test("no answer in time is a timeout", async () => {
    const server = await loopbackServer(() => undefined);
    expect(await client.send({ kind: "connection", method: "GET", url: server.origin, timeoutMs: 50 })).toMatchObject({
      error: { code: "timeout", class: "timeout" },
    });
    await server.close();
  });

  test("a body that never ends is a timeout too", async () => {
    const server = await loopbackServer((_request, response) => response.writeHead(200).write("half"));
    expect(await client.send({ kind: "connection", method: "GET", url: server.origin, timeoutMs: 80 })).toMatchObject({
      error: { code: "timeout", class: "timeout" },
    });
    await server.close();
  });

  test("a caller that gives up ends the call; a caller whose time is over makes it a timeout", async () => {
    const server = await loopbackServer(() => undefined);
    const cancelled = new AbortController();
    const pending = client.send({
      kind: "connection",
      method: "GET",
      url: server.origin,
      timeoutMs: 60_000,
      signal: cancelled.signal,
    });
    cancelled.abort();
    expect(await pending).toMatchObject({ error: { code: "cancelled", retryable: false } });
    expect(
      await client.send({
        kind: "connection",
        method: "GET",
        url: server.origin,
        timeoutMs: 60_000,
        signal: AbortSignal.timeout(20),
      }),
    ).toMatchObject({ error: { class: "timeout" } });
    await server.close();
  });

  test("nobody listens: never sent", async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
    const url = origin(free);
    await new Promise((resolve) => free.close(resolve));
    expect(await client.send({ kind: "connection", method: "GET", url, timeoutMs: 60_000 })).toMatchObject({
      error: { code: "connection_failed", class: "network", outcomeUnknown: false },
    });
  });

  test("a connection closed without an answer, and one in the middle of it", async () => {
    const silent = createServer((socket) => socket.once("data", () => socket.destroy()));
    const half = createServer((socket) =>
      socket.once("data", () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"half":')),
    );
    for (const server of [silent, half]) await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    expect(
      await client.send({ kind: "connection", method: "POST", url: origin(silent), body: "{}", timeoutMs: 60_000 }),
    ).toMatchObject({
      error: { code: "no_response", class: "network", outcomeUnknown: true },
    });
    expect(
      await client.send({ kind: "connection", method: "GET", url: origin(half), timeoutMs: 60_000 }),
    ).toMatchObject({
      error: { code: "response_broken", class: "network" },
    });
    silent.close();
    half.close();
  });

  test("a response over the limit is cut, also when it is small before unpacking", async () => {
    const big = await loopbackServer((_request, response) => response.end("x".repeat(200_000)));
    const packed = gzipSync("0".repeat(50_000_000));
    const bomb = await loopbackServer((_request, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(packed),
    );
    for (const server of [big, bomb]) {
      expect(
        await client.send({ kind: "connection", method: "GET", url: server.origin, timeoutMs: 60_000 }),
      ).toMatchObject({
        error: { code: "response_too_large", retryable: false },
      });
      await server.close();
    }
  });

  test("unpacks gzip", async () => {
    const server = await loopbackServer((_request, response) =>
      response
        .writeHead(200, { "content-encoding": "gzip", "content-type": "application/json" })
        .end(gzipSync('{"packed":true}')),
    );
    expect(
      await client.send({ kind: "connection", method: "GET", url: server.origin, timeoutMs: 60_000 }),
    ).toMatchObject({
      response: { body: { packed: true } },
    });
    await server.close();
  });

  test.each([
    [{ "x-a": "one\r\nx-injected: two" }, "GET"],
    [{ "bad name": "x" }, "GET"],
    [{}, "GET /\r\nX: y"],
  ])("a request that cannot be sent is an error of its own: %j %j", async (headers, method) => {
    const server = await loopbackServer((_request, response) => response.end());
    expect(
      await client.send({ kind: "connection", method, url: server.origin, headers, timeoutMs: 60_000 }),
    ).toMatchObject({
      error: { code: "invalid_request", retryable: false },
    });
    expect(server.requests).toEqual([]);
    await server.close();
  });
});
