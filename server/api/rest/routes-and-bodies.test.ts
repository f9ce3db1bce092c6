import { describe, expect, it } from "vitest";
import { handleRest } from "./handle";
import { call, created, organization, router, type Call } from "./handle.testkit";

describe("finding the route", () => {
  it("answers an unknown address with a JSON 404", async () => {
    const { status, json } = await call({ path: "/api/nothing", key: null });
    expect([status, json.error?.code]).toEqual([404, "not_found"]);
    expect(json.error?.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("answers a wrong method with 405 and says which are right", async () => {
    const { status, headers } = await call({ method: "DELETE", path: "/api/things" });
    expect([status, headers.get("allow")]).toEqual([405, "POST"]);
  });

  it.each(["/api/things/%E0%A4%A", "/api/things/a%00b", `/api/things/${"x".repeat(600)}`])(
    "answers the impossible id %s with 404",
    async (path) => {
      expect((await call({ path })).status).toBe(404);
    },
  );
});

describe("bad content", () => {
  it.each([
    ["broken JSON", 400, { text: "{", headers: { "content-type": "application/json" } }],
    [
      "broken UTF-8",
      400,
      { text: new Uint8Array([0x22, 0xff, 0x22]), headers: { "content-type": "application/json" } },
    ],
    ["a form", 415, { text: "name=a", headers: { "content-type": "application/x-www-form-urlencoded" } }],
    ["gzip", 415, { text: "x", headers: { "content-type": "application/json", "content-encoding": "gzip" } }],
    ["too much", 413, { body: { name: "x".repeat(3_000) } }],
    ["nothing", 422, {}],
    ["a NUL", 422, { body: { name: "a\0b" } }],
    ["half a surrogate", 422, { text: String.raw`{"name":"\ud800"}`, headers: { "content-type": "application/json" } }],
    ["__proto__", 422, { text: '{"name":"a","__proto__":{}}', headers: { "content-type": "application/json" } }],
    [
      "a deep pit",
      422,
      { text: `{"name":${"[".repeat(900)}${"]".repeat(900)}}`, headers: { "content-type": "application/json" } },
    ],
    ["an unknown field", 422, { body: { name: "a", isAdmin: true } }],
  ])("%s: %i", async (_, status, content: Partial<Call>) => {
    const before = created;
    const answer = await call({ method: "POST", path: "/api/things", ...content });
    expect(answer.status).toBe(status);
    expect(answer.json.error?.message).toBeTruthy();
    expect(created).toBe(before);
  });

  it("stops reading a body without a declared length at the limit", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(1_000));
      },
    });
    const request = new Request("http://127.0.0.1:3000/api/things", {
      method: "POST",
      body: endless,
      duplex: "half",
      headers: { authorization: `Bearer ${organization.members.owner.apiKey}`, "content-type": "application/json" },
    } as RequestInit);
    expect((await handleRest(request, router)).status).toBe(413);
    expect(pulled).toBeLessThan(10);
  });

  it("names the place of each problem", async () => {
    const { json } = await call({
      method: "POST",
      path: "/api/things",
      body: { name: "a", nodes: [{ expression: "x" }, { expression: 5 }] },
    });
    expect(json.error?.details.map(({ path }) => path)).toEqual(["nodes[1].expression"]);
    const inQuery = await call({ path: "/api/things/1?limit=many" });
    expect(inQuery.json.error?.details[0]?.path).toBe("query.limit");
  });

  it("says nothing about the inside when there is a bug", async () => {
    const { status, json } = await call({ method: "POST", path: "/api/things", body: { name: "bug" } });
    expect([status, json.error?.code]).toEqual([500, "internal"]);
    expect(JSON.stringify(json)).not.toMatch(/secret detail|TypeError|at /);
  });
});

it("hands raw bytes to a public route", async () => {
  const { json } = await call({
    method: "POST",
    path: "/api/open/t",
    key: null,
    text: "not json",
    headers: { "content-type": "text/plain" },
  });
  expect(json).toEqual({ size: 8 });
});

it("H3 the token is looked at before a byte of the body is read", async () => {
  let pulled = 0;
  const body = () =>
    new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          pulled += 1;
          controller.enqueue(new TextEncoder().encode("1"));
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
  expect((await call({ method: "POST", path: "/api/sealed/wrong", text: body() })).status).toBe(404);
  expect(pulled).toBe(0);
  expect((await call({ method: "POST", path: "/api/sealed/right", text: body() })).status).toBe(200);
  expect(pulled).toBe(1);
});
