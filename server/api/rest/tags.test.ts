import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";
import { rest, type RestAnswer } from "./client.testkit";
import { restRouter } from "@/server/routes/rest";

let database: TestDatabase;
let north: TestOrganization;
beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
});
afterAll(() => database.close());

const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<RestAnswer> =>
  rest(north.members.owner.apiKey, method, path, body, headers);

const spec = { startNodeId: "a", nodes: [{ id: "a", type: "end" }], edges: [] };
const things = [
  ["a workflow", "/api/workflows", { slug: "flow", name: "Flow", spec }, { name: "Mine" }, { name: "Theirs" }],
  [
    "a connection",
    "/api/v1/connections",
    { slug: "crm", connector: "http", base_url: "https://crm.example.com", auth: { type: "none" } },
    { name: "Mine" },
    { name: "Theirs" },
  ],
  [
    "a webhook subscription",
    "/api/v1/webhook-subscriptions",
    { url: "https://example.com/hook", events: ["run.completed"] },
    { enabled: false },
    { events: ["run.failed"] },
  ],
] as const;

const whole = ({ json }: RestAnswer): unknown => json.data?.workflow ?? json;

describe.each(things)("%s", (_, path, made, mine, theirs) => {
  it("B-43 is changed only as it was read, when If-Match says so", async () => {
    const created = await call("POST", path, made);
    expect(created.status).toBe(201);
    // B-52
    const address = String(created.headers.get("location"));
    const read = await call("GET", address);
    expect(read.status).toBe(200);
    const tag = String(read.headers.get("etag"));
    expect(tag).toMatch(/^"[\w-]{22}"$/);
    expect((await call("GET", address)).headers.get("etag")).toBe(tag);
    const first = await call("PATCH", address, theirs, { "if-match": tag });
    expect(first.status).toBe(200);
    const late = await call("PATCH", address, mine, { "if-match": tag });
    expect(late).toMatchObject({
      status: 412,
      json: { error: { code: "precondition_failed", message: expect.stringContaining("Get it again") as string } },
    });
    const again = await call("GET", address);
    expect(whole(again)).toEqual(whole(first));
    expect(again.headers.get("etag")).toBe(first.headers.get("etag"));
    expect((await call("PATCH", address, mine, { "if-match": String(again.headers.get("etag")) })).status).toBe(200);
    expect((await call("PATCH", address, theirs)).status).toBe(200);
  });

  it("B-43 refuses fields that nobody knows", async () => {
    const { json } = await call("GET", path);
    const [first] = json.data?.workflows ?? json.connections ?? json.webhook_subscriptions;
    const address = `${path}/${String(first.id)}`;
    expect(await call("PATCH", address, { colour: "red" })).toMatchObject({
      status: 422,
      json: { error: { details: [{ code: "unknown_field", path: "colour" }] } },
    });
  });
});

describe("B-52 every answer", () => {
  it("names its request and what is left of the allowance", async () => {
    for (const answer of [await call("GET", "/api/workflows"), await call("GET", "/api/workflows/gone")]) {
      expect(answer.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
      expect(Number(answer.headers.get("ratelimit-limit"))).toBe(2_000);
      expect(Number(answer.headers.get("ratelimit-remaining"))).toBeLessThan(2_000);
      expect(answer.headers.get("ratelimit-reset")).toMatch(/^\d+$/);
    }
    const { headers, json } = await call("GET", "/api/nowhere");
    expect(headers.get("x-request-id")).toBe(json.error.requestId);
  });

  it("without a sign-in says how to sign in", async () => {
    const { status, headers } = await rest("hp_wrong", "GET", "/api/workflows");
    expect([status, headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="Holdpoint"']);
  });

  it("to a repeat under the same Idempotency-Key has the same Location", async () => {
    const make = () =>
      call("POST", "/api/workflows", { slug: "once", name: "Once", spec }, { "idempotency-key": "once" });
    const [first, second] = [await make(), await make()];
    expect(first.headers.get("location")).toMatch(/^\/api\/workflows\/wkf_/);
    expect(second.headers.get("location")).toBe(first.headers.get("location"));
  });

  it("is told in the reference, with ETag and If-Match where there are any", async () => {
    const { paths } = (await call("GET", "/api/openapi.json")).json;
    for (const { method, path, tagged, status } of restRouter().routes) {
      const operation = paths[path][method.toLowerCase()];
      const headers = operation.responses[String(status)].headers;
      expect(Object.keys(headers)).toEqual(expect.arrayContaining(["X-Request-Id", "RateLimit-Remaining"]));
      expect(["Location" in headers, "ETag" in headers]).toEqual([status === 201, tagged]);
      const names = operation.parameters.map(({ name }: { name: string }) => name);
      expect([names.includes("If-Match"), "412" in operation.responses]).toEqual(
        tagged && method !== "GET" ? [true, true] : [false, false],
      );
    }
  });
});
