import { randomBytes } from "node:crypto";
import { inspect } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import type { HttpRequest } from "@/core/ports";
import { createConnectionPort } from "./connections-port";
import { createHttpClient } from "./http/http-client";
import { loopbackServer } from "./http/loopback.testkit";
import { parsePrivateHosts } from "./http/private-hosts";
import type { CallReceipt } from "./receipts";
import { connectionContext, createKeyRing } from "./secrets/key-ring";

const keyRing = createKeyRing(`k1:${randomBytes(32).toString("base64")}`);
const failures: unknown[] = [];
const httpClient = createHttpClient({
  privateHosts: parsePrivateHosts("127.0.0.1"),
  onFailure: (failure) => failures.push(failure),
});
afterAll(() => httpClient.close());

const canary = "qk_live_canary_0123456789";
/** Every character that encoders disagree about, and some that end a parameter. */
const awkward = "k y&z=1;#?/+%'\"()*!~[]é😀_canary";

/** Says what it was asked, as it stands and read, in headers and body. */
const echo = await loopbackServer((request, response) => {
  const { searchParams } = new URL(request.url ?? "/", "http://x");
  response.writeHead(request.url?.includes("fail") ? 500 : 200, {
    "content-type": "application/json",
    "x-echo": request.url ?? "",
  });
  const read = [...searchParams].map(([name, value]) => ({ name, value }));
  response.end(JSON.stringify({ url: request.url, read, again: searchParams.toString() }));
});
afterAll(() => echo.close());

function port({ value = canary, name = "api_key", baseUrl = `${echo.origin}/base`, connector = "http" } = {}) {
  const receipts: CallReceipt[] = [];
  const auth = JSON.stringify({ type: "query", name, value });
  const connections = createConnectionPort({
    loadConnection: () =>
      Promise.resolve({
        id: "con-1",
        organizationId: "org-1",
        slug: "maps",
        connector,
        baseUrl,
        authType: "query",
        secretSealed: keyRing.seal(auth, connectionContext("org-1", "con-1")),
      }),
    httpClient,
    keyRing,
    clock: { now: () => 1_000 },
    onReceipt: (receipt) => {
      receipts.push(receipt);
    },
    call: { organizationId: "org-1", runId: "run-1", stepKey: "geo", attempt: 1, idempotencyKey: "run-1:geo" },
  });
  const send = (request: Partial<HttpRequest> = {}) =>
    connections.request("maps", { method: "GET", path: "/v1/find", timeoutMs: 60_000, ...request });
  return { send, receipts };
}

const last = () => new URL(echo.requests.at(-1)?.url ?? "/", "http://x");

describe("a key in the query of the address", () => {
  test.each([canary, awkward])("K-18 goes along and is hidden again: %j", async (value) => {
    const { send, receipts } = port({ value });
    const result = await send({ path: "/v1/find?q=a,b", query: { page: "2" } });
    expect(last().pathname).toBe("/base/v1/find");
    expect(last().search.startsWith("?q=a,b&page=2&api_key=")).toBe(true);
    expect(last().searchParams.getAll("api_key")).toEqual([value]);
    expect(result).toMatchObject({ response: { status: 200 } });
    expect(JSON.stringify([result, receipts])).not.toContain("canary");
    expect(JSON.stringify(result)).toContain("[redacted]");
    expect(receipts).toMatchObject([{ url: `${echo.origin}/base/v1/find?q=a,b&page=2`, status: 200 }]);
  });

  test("a refused call tells no more than a good one", async () => {
    const { send, receipts } = port();
    const result = await send({ path: "/fail" });
    expect(receipts).toMatchObject([{ status: 500, url: `${echo.origin}/base/fail` }]);
    expect(JSON.stringify([result, receipts])).not.toContain("canary");
  });

  test.each([
    ["in the path", { path: "/v1/find?api_key=mine&q=1" }],
    ["written in another way", { path: "/v1/find?q=1&api%5Fkey=mine" }],
    ["by name", { query: { api_key: ["mine", "again"], q: "1" } }],
    ["in a whole address", { path: `${echo.origin}/base/v1/find?q=1&api_key=mine` }],
  ])("a parameter of the same name, %s, gives way, and that is said", async (_, request) => {
    const { send, receipts } = port();
    expect(await send(request)).toMatchObject({
      response: {
        warnings: [
          "The query parameter api_key comes from the connection's credentials, so the step's own was left out.",
        ],
      },
    });
    expect(last().search).toBe(`?q=1&api_key=${canary}`);
    expect(receipts).toMatchObject([{ url: `${echo.origin}/base/v1/find?q=1` }]);
  });

  test("a name that every object has is a name like any other", async () => {
    await port({ name: "__proto__" }).send({ query: { q: "1" } });
    expect(last().search).toBe(`?q=1&__proto__=${canary}`);
  });

  test("whether a call is the same one does not hang on the key", async () => {
    const [old, renewed] = [port(), port({ value: "qk_live_other_9876543210" })];
    await old.send();
    await renewed.send();
    expect(old.receipts[0]?.requestHash).toBe(renewed.receipts[0]?.requestHash);
  });

  test("a call that comes to nothing tells neither people nor the log", async () => {
    const closed = await loopbackServer((request) => request.socket.destroy());
    for (const baseUrl of [closed.origin, "http://127.0.0.1:1", "http://169.254.169.254"]) {
      const { send, receipts } = port({ baseUrl });
      const result = await send();
      expect(result).toHaveProperty("error");
      expect(receipts).toMatchObject([{ status: null, url: `${baseUrl}/v1/find` }]);
      expect(JSON.stringify([result, receipts])).not.toContain("canary");
    }
    const long = await port().send({ query: { q: "x".repeat(9000) } });
    expect(long).toMatchObject({ error: { code: "invalid_url" } });
    expect(JSON.stringify(long)).not.toContain("canary");
    expect(failures.length).toBeGreaterThanOrEqual(3);
    expect(inspect(failures, { depth: null })).not.toContain("canary");
    await closed.close();
  });
});

describe("redirects", () => {
  test("are answers, with the key hidden in the place they point to", async () => {
    const other = await loopbackServer((_request, response) => response.end());
    const moved = await loopbackServer((request, response) =>
      response.writeHead(307, { location: `${other.origin}${request.url ?? ""}` }).end(),
    );
    const { send, receipts } = port({ baseUrl: moved.origin });
    const result = await send();
    expect(result).toMatchObject({
      response: { status: 307, headers: { location: `${other.origin}/v1/find?api_key=[redacted]` } },
    });
    expect(other.requests).toEqual([]);
    expect(JSON.stringify([result, receipts])).not.toContain("canary");
    await moved.close();
    await other.close();
  });

  test("a client that follows them takes the address from the answer, and nothing of its own query along", async () => {
    const other = await loopbackServer((_request, response) => response.end());
    const moved = await loopbackServer((_request, response) =>
      response.writeHead(307, { location: `${other.origin}/new` }).end(),
    );
    await httpClient.send({
      kind: "connection",
      method: "GET",
      url: `${moved.origin}/old?api_key=${canary}`,
      timeoutMs: 60_000,
      maxRedirects: 3,
    });
    expect(other.requests).toMatchObject([{ url: "/new" }]);
    expect(JSON.stringify(other.requests)).not.toContain("canary");
    await moved.close();
    await other.close();
  });
});
