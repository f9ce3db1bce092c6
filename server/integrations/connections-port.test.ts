import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, test } from "vitest";
import type { ConnectionAuth } from "@/connectors/auth/definitions";
import type { HttpRequest } from "@/core/ports";
import { createConnectionPort, type ConnectionPortOptions, type ConnectionRecord } from "./connections-port";
import { createHttpClient } from "./http/http-client";
import { loopbackServer } from "./http/loopback.testkit";
import { parsePrivateHosts } from "./http/private-hosts";
import type { CallReceipt } from "./receipts";
import { connectionContext, createKeyRing } from "./secrets/key-ring";

const keyRing = createKeyRing(`k1:${randomBytes(32).toString("base64")}`);
const httpClient = createHttpClient({ privateHosts: parsePrivateHosts("127.0.0.1") });
afterAll(() => httpClient.close());

const canary = "sk_live_canary_0123456789";
const echo = await loopbackServer((request, response) => {
  response.writeHead(request.url?.includes("fail") ? 500 : 200, {
    "content-type": "application/json",
    "set-cookie": "sid=1",
    "x-echo": request.headers.authorization ?? "",
  });
  response.end(JSON.stringify({ url: request.url, headers: request.headers }));
});
afterAll(() => echo.close());

function port(
  credentials: ConnectionAuth,
  overrides: Partial<ConnectionRecord> = {},
  options: Partial<ConnectionPortOptions> = {},
) {
  const record: ConnectionRecord = {
    id: "con-1",
    organizationId: "org-1",
    slug: "identity",
    connector: "identity",
    baseUrl: `${echo.origin}/base`,
    authType: credentials.type,
    secretSealed:
      credentials.type === "none"
        ? null
        : keyRing.seal(JSON.stringify(credentials), connectionContext("org-1", "con-1")),
    ...overrides,
  };
  const receipts: CallReceipt[] = [];
  const connections = createConnectionPort({
    loadConnection: (organizationId, slug) =>
      Promise.resolve(organizationId === "org-1" && slug === record.slug ? record : null),
    httpClient,
    keyRing,
    clock: { now: () => 1_000 },
    onReceipt: (receipt) => {
      receipts.push(receipt);
    },
    call: { organizationId: "org-1", runId: "run-1", stepKey: "kyc[2]", attempt: 1, idempotencyKey: "run-1:kyc:2" },
    ...options,
  });
  const send = (request: Partial<HttpRequest>) =>
    connections.request("identity", { method: "POST", path: "/v1/check", timeoutMs: 60_000, ...request });
  return { send, receipts };
}

const last = () => echo.requests.at(-1);

describe("connection port", () => {
  test.each<[ConnectionAuth, string, string]>([
    [{ type: "bearer", token: canary }, "authorization", `Bearer ${canary}`],
    [
      { type: "basic", username: "me", password: canary },
      "authorization",
      `Basic ${Buffer.from(`me:${canary}`).toString("base64")}`,
    ],
    [{ type: "header", name: "X-Api-Key", value: canary }, "x-api-key", canary],
  ])("K-18 injects credentials of the connection and hides them again: %s", async (credentials, header, value) => {
    const { send, receipts } = port(credentials);
    const result = await send({
      body: { a: 1 },
      headers: { "X-Trace-Id": "t1", Authorization: "Bearer mine", "X-API-Key": "mine", Host: "evil.example" },
    });
    expect(last()).toMatchObject({ method: "POST", url: "/base/v1/check", body: '{"a":1}' });
    expect(last()?.headers).toMatchObject({
      [header]: value,
      "x-trace-id": "t1",
      "idempotency-key": "run-1:kyc:2",
      "content-type": "application/json",
      host: `127.0.0.1:${String(echo.port)}`,
    });
    expect(JSON.stringify([result, receipts])).not.toContain("canary");
    expect(JSON.stringify([result, receipts])).not.toContain(Buffer.from(`me:${canary}`).toString("base64"));
    expect(result).not.toHaveProperty("response.headers.set-cookie");
    expect(receipts).toMatchObject([
      { key: "kyc[2]", attempt: 1, status: 200, errorCode: null, idempotencyKey: "run-1:kyc:2" },
    ]);
  });

  test("without credentials nothing is injected", async () => {
    await port({ type: "none" }).send({ method: "GET", body: { ignored: true } });
    expect(last()?.headers).not.toHaveProperty("authorization");
    expect(last()?.body).toBe("");
  });

  test.each([
    "//evil.example/x",
    "https://evil.example/x",
    "http:evil",
    "/../admin",
    "/a/%2e%2E/../b",
    "/a/..",
    "\\\\evil.example",
    "/a b",
    "/\tx",
    "javascript:1",
  ])("a path cannot leave the connection: %j", async (path) => {
    const before = echo.requests.length;
    expect(await port({ type: "bearer", token: canary }).send({ path })).toMatchObject({
      error: { code: "invalid_path", retryable: false },
    });
    expect(echo.requests).toHaveLength(before);
  });

  test.each([
    "/..;/admin",
    "/a/..%2fadmin",
    "/a/%2e%2e%5Cadmin",
    "/..%3bv=1/x",
    "/a/%252e%252e/x",
    "/a%2f..%2fx",
    "/.;/x",
  ])("L4 a path cannot leave the connection in a way that only some servers see: %j", async (path) => {
    const before = echo.requests.length;
    const generic = port({ type: "bearer", token: canary }, { connector: "http" });
    for (const written of [path, `${echo.origin}/base${path}`])
      expect(await generic.send({ path: written })).toMatchObject({ error: { code: "invalid_path" } });
    expect(echo.requests).toHaveLength(before);
  });

  test("L3 credentials under a header that the connection itself sets are not sent", async () => {
    const before = echo.requests.length;
    for (const name of ["Host", "connection", "Transfer-Encoding"])
      expect(await port({ type: "header", name, value: canary }).send({ method: "GET" })).toHaveProperty("error");
    expect(echo.requests).toHaveLength(before);
  });

  test("L2 credentials go to nothing beside the base address, on the same host neither", async () => {
    const before = echo.requests.length;
    const generic = port({ type: "bearer", token: canary }, { connector: "http" });
    for (const path of ["/tenant-evil", "/based", "/"])
      expect(await generic.send({ path: `${echo.origin}${path}` })).toMatchObject({
        error: { code: "path_not_on_connection" },
      });
    expect(echo.requests).toHaveLength(before);
  });

  test.each([
    ["/v1/a?x=1#frag", { y: "ä&b" }, "/base/v1/a?x=1&y=%C3%A4%26b"],
    ["v1", {}, "/base/v1"],
    ["", {}, "/base"],
    ["/@evil.example/..x", {}, "/base/@evil.example/..x"],
    ["/a%2Fb", {}, "/base/a%2Fb"],
    ["/..a/b;v=1/c%3Bd", {}, "/base/..a/b;v=1/c%3Bd"],
    ["/a//b", {}, "/base/a//b"],
    ["/a?$filter=x,y eq 'b'&tag=1", { tag: ["2", "3"] }, "/base/a?$filter=x,y%20eq%20%27b%27&tag=1&tag=2&tag=3"],
  ])("joins %j and %j", async (path, query, expected) => {
    await port({ type: "none" }).send({ method: "GET", path, query });
    expect(last()?.url).toBe(expected);
  });

  test("B-34 a whole URL is taken on the connection's own host only", async () => {
    const before = echo.requests.length;
    const generic = { connector: "http", baseUrl: "https://api.example.com" };
    for (const path of [
      `${echo.origin}/direct`,
      "http://169.254.169.254/latest",
      "https://api.example.com@evil.example/",
    ])
      for (const auth of [{ type: "none" }, { type: "bearer", token: canary }] as const)
        expect(await port(auth, generic).send({ path })).toMatchObject({
          error: { code: "path_not_on_connection", retryable: false },
        });
    expect(echo.requests).toHaveLength(before);
    const own = port({ type: "bearer", token: canary }, { connector: "http" });
    await own.send({ method: "GET", path: `${echo.origin}/base/next?cursor=a,b#x`, query: { q: ["1", "2"] } });
    expect(last()).toMatchObject({ url: "/base/next?cursor=a,b&q=1&q=2" });
    expect(last()?.headers).toHaveProperty("authorization");
    expect(await own.send({ path: `${echo.origin}/a/../b` })).toMatchObject({ error: { code: "invalid_path" } });
  });

  test("a form is encoded where the headers ask for one", async () => {
    await port({ type: "none" }).send({
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: { items: [{ price: "p 1" }], skip: null, n: 2 },
    });
    expect(last()?.body).toBe("items%5B0%5D%5Bprice%5D=p+1&n=2");
    await port({ type: "none" }).send({ headers: { "content-type": "text/xml" }, body: "<a/>" });
    expect(last()?.body).toBe("<a/>");
  });

  test("unknown connections and unreadable credentials are said in words", async () => {
    expect(await port({ type: "none" }, { slug: "other" }).send({})).toMatchObject({
      error: { code: "unknown_connection", retryable: false },
    });
    const foreign = keyRing.seal(
      JSON.stringify({ type: "bearer", token: canary }),
      connectionContext("org-2", "con-1"),
    );
    expect(await port({ type: "bearer", token: canary }, { secretSealed: foreign }).send({})).toMatchObject({
      error: { code: "connection_unusable" },
    });
    expect(await port({ type: "bearer", token: canary }, { secretSealed: null }).send({})).toMatchObject({
      error: { code: "connection_unusable" },
    });
    expect(await port({ type: "bearer", token: canary }, { authType: "basic" }).send({})).toMatchObject({
      error: { code: "connection_unusable" },
    });
  });

  test("3.8 whoever may not act any more sends nothing", async () => {
    const before = echo.requests.length;
    const order: string[] = [];
    const asked = (): Promise<void> => {
      order.push(`asked while ${String(echo.requests.length - before)} were sent`);
      return Promise.resolve();
    };
    const { send, receipts } = port({ type: "bearer", token: canary }, {}, { beforeSend: asked });
    await send({ path: "/v1/fail", body: { amount: 4260 } });
    expect(order).toEqual(["asked while 0 were sent"]);
    expect(receipts).toMatchObject([{ status: 500 }]);
    const taken = port({ type: "none" }, {}, { beforeSend: () => Promise.reject(new Error("taken over")) });
    await expect(taken.send({})).rejects.toThrow("taken over");
    expect(taken.receipts).toEqual([]);
    expect(echo.requests).toHaveLength(before + 1);
  });

  test("no response leaves a receipt without a status", async () => {
    const closed = await loopbackServer((request) => request.socket.destroy());
    const { send, receipts } = port({ type: "bearer", token: canary }, { baseUrl: closed.origin });
    expect(await send({})).toMatchObject({ error: { code: "no_response", class: "network" } });
    expect(receipts).toMatchObject([{ status: null, errorCode: "no_response" }]);
    await closed.close();
  });
});
