import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "@/core/errors";
import { addTestKey, createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { hotPool } from "@/server/db/pools";
import type { TestDatabase } from "@/tests/database";
import { handleRest } from "./handle";
import { definePublicRoute, defineRoute } from "./route";
import { createRouter } from "./router";

let database: TestDatabase;
let organization: TestOrganization;
let other: TestOrganization;
let created = 0;

const thing = z.strictObject({
  name: z.string().min(1),
  nodes: z.array(z.strictObject({ expression: z.string() })).default([]),
});

const router = createRouter([
  defineRoute({
    method: "GET",
    path: "/api/things/{id}",
    family: "definitions",
    scope: "workflows:read",
    summary: "One.",
    query: z.object({ limit: z.coerce.number().int().min(1).default(50) }),
    response: z.object({ data: z.object({ id: z.string(), limit: z.number(), organizationId: z.string() }) }),
    handler: ({ actor, params, query }) =>
      Promise.resolve({
        body: { data: { id: params["id"] ?? "", limit: query.limit, organizationId: actor.organizationId } },
      }),
  }),
  defineRoute({
    method: "POST",
    path: "/api/things",
    family: "definitions",
    scope: "workflows:write",
    summary: "Makes one.",
    body: thing,
    status: 201,
    bodyLimit: 2_000,
    idempotent: true,
    response: z.object({ number: z.number() }),
    handler: async ({ body }) => {
      if (body.name === "taken") throw new AppError("slug_taken", "This name is taken. Choose another.");
      if (body.name === "bug") throw new TypeError("secret detail");
      created += 1;
      return { body: { number: await Promise.resolve(created) } };
    },
  }),
  definePublicRoute({
    method: "POST",
    path: "/api/open/{token}",
    summary: "Open.",
    rawBody: true,
    response: z.object({ size: z.number() }),
    handler: ({ bytes }) => Promise.resolve({ body: { size: bytes.length } }),
  }),
  definePublicRoute({
    method: "POST",
    path: "/api/sealed/{token}",
    summary: "Sealed.",
    body: z.json(),
    proof: ({ token }) =>
      token === "right" ? Promise.resolve() : Promise.reject(new AppError("not_found", "There is nothing here.")),
    response: z.object({}),
    handler: () => Promise.resolve({ body: {} }),
  }),
]);

interface Call {
  method?: string;
  path: string;
  key?: string | null;
  headers?: Record<string, string>;
  body?: unknown;
  text?: BodyInit;
}

async function call({ method = "GET", path, key, headers = {}, body, text }: Call): Promise<{
  status: number;
  json: { error?: { code: string; message: string; details: { path: string }[]; requestId: string } } & Record<
    string,
    unknown
  >;
  headers: Headers;
}> {
  const bearer: Record<string, string> =
    key === null ? {} : { authorization: `Bearer ${key ?? organization.members.owner.apiKey}` };
  const content = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const request = new Request(`http://127.0.0.1:3000${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...bearer, ...headers },
    ...(content === undefined ? {} : { body: content, duplex: "half" }),
  });
  const response = await handleRest(request, router);
  const answered = await response.text();
  return { status: response.status, json: answered === "" ? {} : JSON.parse(answered), headers: response.headers };
}

beforeAll(async () => {
  database = await useTestDatabase();
  organization = await createTestOrganization("north");
  other = await createTestOrganization("south");
});
afterAll(() => database.close());

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

describe("who may", () => {
  it.each([
    ["no key", null, {}],
    ["a wrong key", `hp_${"x".repeat(43)}`, {}],
    ["another scheme", null, { authorization: "Basic b3duZXI6eA==" }],
    ["an empty bearer", null, { authorization: "Bearer " }],
    ["a header full of spaces", null, { authorization: `Bearer ${" ".repeat(10_000)}` }],
  ])("401 for %s", async (_, key, headers) => {
    expect((await call({ path: "/api/things/1", key, headers })).status).toBe(401);
  });

  it("403 without the scope, of the role or of the key", async () => {
    const byRole = await call({
      method: "POST",
      path: "/api/things",
      key: organization.members.viewer.apiKey,
      body: { name: "a" },
    });
    expect([byRole.status, byRole.json.error?.code]).toEqual([403, "missing_scope"]);
    const { apiKey } = await addTestKey(organization.id, organization.members.owner.userId, ["runs:read"]);
    expect((await call({ path: "/api/things/1", key: apiKey })).status).toBe(403);
  });

  it("a key acts in its own organization only", async () => {
    const { json } = await call({ path: "/api/things/1", key: other.members.owner.apiKey });
    expect(json).toMatchObject({ data: { organizationId: other.id } });
  });

  it("refuses expired keys, and revoked keys and deactivated users at once", async () => {
    const { builder } = organization.members;
    const expired = await addTestKey(organization.id, builder.userId, ["workflows:read"], new Date(Date.now() - 1_000));
    expect((await call({ path: "/api/things/1", key: expired.apiKey })).status).toBe(401);
    expect((await call({ path: "/api/things/1", key: builder.apiKey })).status).toBe(200);
    expect((await call({ path: "/api/things/1", key: null, headers: { cookie: builder.cookie } })).status).toBe(200);
    await hotPool().query("update users set deactivated_at = now() where id = $1", [builder.userId]);
    await expect.poll(async () => (await call({ path: "/api/things/1", key: builder.apiKey })).status).toBe(401);
    expect((await call({ path: "/api/things/1", key: null, headers: { cookie: builder.cookie } })).status).toBe(401);
  });

  it("ends sessions when the epoch is raised", async () => {
    const { approver } = organization.members;
    expect((await call({ path: "/api/things/1", key: null, headers: { cookie: approver.cookie } })).status).toBe(200);
    await hotPool().query("update users set session_epoch = session_epoch + 1 where id = $1", [approver.userId]);
    expect((await call({ path: "/api/things/1", key: null, headers: { cookie: approver.cookie } })).status).toBe(401);
  });

  it.each([
    [201, { "sec-fetch-site": "same-origin" }],
    [201, { origin: "http://127.0.0.1:3000" }],
    [403, { "sec-fetch-site": "cross-site" }],
    [403, { "sec-fetch-site": "same-site", origin: "http://127.0.0.1:3000" }],
    [403, { origin: "http://evil.test" }],
    [403, { origin: "null" }],
    [403, {}],
  ])("a write with a cookie answers %i to %j", async (status, headers: Record<string, string>) => {
    const answer = await call({
      method: "POST",
      path: "/api/things",
      key: null,
      body: { name: "a" },
      headers: { cookie: organization.members.owner.cookie, ...headers },
    });
    expect(answer.status).toBe(status);
  });
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

describe("Idempotency-Key", () => {
  it("gives the first answer again, also to requests at the same time", async () => {
    const before = created;
    const post = () =>
      call({ method: "POST", path: "/api/things", body: { name: "once" }, headers: { "idempotency-key": "k-1" } });
    const answers = await Promise.all([post(), post(), post(), post()]);
    answers.push(await post());
    expect(created).toBe(before + 1);
    expect(answers.map(({ status, json }) => [status, json["number"]])).toEqual(answers.map(() => [201, created]));
  });

  it("409 for another body under the same key", async () => {
    await call({ method: "POST", path: "/api/things", body: { name: "first" }, headers: { "idempotency-key": "k-2" } });
    const { status, json } = await call({
      method: "POST",
      path: "/api/things",
      body: { name: "second" },
      headers: { "idempotency-key": "k-2" },
    });
    expect([status, json.error?.code]).toEqual([409, "idempotency_key_reused"]);
  });

  it("does not keep a refusal, and keys of two callers are two keys", async () => {
    const headers = { "idempotency-key": "k-3" };
    expect((await call({ method: "POST", path: "/api/things", body: { name: "taken" }, headers })).status).toBe(409);
    const corrected = await call({ method: "POST", path: "/api/things", body: { name: "free" }, headers });
    expect(corrected.status).toBe(201);
    const foreign = await call({
      method: "POST",
      path: "/api/things",
      body: { name: "else" },
      headers,
      key: other.members.owner.apiKey,
    });
    expect(foreign.status).toBe(201);
  });

  it("400 for a key that is none", async () => {
    expect(
      (await call({ method: "POST", path: "/api/things", body: { name: "a" }, headers: { "idempotency-key": "a b" } }))
        .status,
    ).toBe(400);
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
