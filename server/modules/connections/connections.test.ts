import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId, showId } from "@/core/ids";
import { rest } from "@/server/api/rest/client.testkit";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { hotPool } from "@/server/db/pools";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;
let service: Server;
let serviceUrl: string;
const canary = "canary-token-5f1e";

beforeAll(async () => {
  service = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "/", "http://x");
    const isKnown =
      request.headers.authorization === `Bearer ${canary}` || searchParams.get("api_key") === `${canary}&more`;
    const asked = Number(/^\/(\d{3})$/.exec(request.url ?? "")?.[1] ?? 200);
    const moved = asked === 308 ? { location: "https://new.example/v1" } : {};
    response.writeHead(isKnown ? asked : 401, { ...moved, "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const { port } = service.address() as AddressInfo;
  serviceUrl = `http://127.0.0.1:${port}`;
  database = await useTestDatabase({ HOLDPOINT_ALLOW_PRIVATE_HOSTS: `127.0.0.1:${port}` });
  north = await createTestOrganization("north");
  south = await createTestOrganization("south");
});
afterAll(async () => {
  await database.close();
  await new Promise((resolve) => service.close(resolve));
});

const create = (slug: string, more: Record<string, unknown> = {}) =>
  rest(north.members.owner.apiKey, "POST", "/api/v1/connections", {
    slug,
    connector: "http",
    base_url: serviceUrl,
    auth: { type: "bearer", token: canary },
    ...more,
  });

describe("K-18 connections", () => {
  it("are made, read by id, shown id or slug, and never show the secret", async () => {
    const created = await create("billing", { name: "Billing" });
    expect([created.status, created.json]).toMatchObject([
      201,
      { slug: "billing", name: "Billing", connector: "http", base_url: serviceUrl, auth: { type: "bearer" } },
    ]);
    for (const name of [created.json.id, "billing", showId("connection", created.json.id)]) {
      const read = await rest(north.members.viewer.apiKey, "GET", `/api/v1/connections/${name}`);
      expect([read.status, read.json]).toEqual([200, created.json]);
    }
    const list = await rest(north.members.viewer.apiKey, "GET", "/api/v1/connections");
    expect(list.json.connections).toContainEqual(created.json);
    const dump = await hotPool().query(
      "select to_jsonb(c) as row from connections c union all select to_jsonb(a) from audit_entries a union all select to_jsonb(i) from idempotency_keys i",
    );
    expect(JSON.stringify([created.json, list.json, dump.rows])).not.toContain(canary);
  });

  it("take a key for the query, use it, and show its kind alone", async () => {
    const auth = { type: "query", name: "api_key", value: `${canary}&more` };
    const created = await create("maps", { auth });
    expect([created.status, created.json.auth]).toEqual([201, { type: "query" }]);
    const tested = await rest(north.members.builder.apiKey, "POST", "/api/v1/connections/maps/test");
    expect([tested.json.ok, tested.json.status]).toEqual([true, 200]);
    const moved = await rest(north.members.builder.apiKey, "PATCH", "/api/v1/connections/maps", {
      base_url: "https://evil.test",
    });
    expect([moved.status, moved.json.error.details[0].code]).toEqual([422, "auth_required"]);
    const bad = await create("bad-maps", { auth: { ...auth, name: "a&b" } });
    expect([bad.status, bad.json.error.details[0].path]).toEqual([422, "auth.name"]);
    const dump = await hotPool().query(
      "select to_jsonb(c) as row from connections c union all select to_jsonb(a) from audit_entries a",
    );
    expect(JSON.stringify([created.json, tested.json, dump.rows])).not.toContain(canary);
  });

  it("refuse a taken slug, also among many at once", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => create("raced")));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    expect((await create("raced")).json.error.code).toBe("slug_taken");
  });

  it.each([
    ["slug", { slug: "Not a slug" }],
    ["auth.name", { auth: { type: "header", name: "Host", value: "inner.service" } }],
    ["base_url", { base_url: "ftp://files.test" }],
    ["base_url", { base_url: "https://user:pass@api.test" }],
    ["connector", { connector: "__proto__" }],
    ["auth.token", { auth: { type: "bearer" } }],
    ["auth.name", { auth: { type: "header", name: "bad name", value: "x" } }],
  ])("name %s when it is wrong", async (path, wrong) => {
    const { status, json } = await create("wrong", wrong);
    expect([status, json.error.details.map((detail: { path: string }) => detail.path)]).toEqual([422, [path]]);
  });

  it("L2 keep a secret from being sent to another host, or to another path of the same one", async () => {
    await create("moving");
    const moved = await rest(north.members.builder.apiKey, "PATCH", "/api/v1/connections/moving", {
      base_url: "https://evil.test",
    });
    expect([moved.status, moved.json.error.details[0].code]).toEqual([422, "auth_required"]);
    const beside = await rest(north.members.builder.apiKey, "PATCH", "/api/v1/connections/moving", {
      base_url: `${serviceUrl}/tenant-evil`,
    });
    expect([beside.status, beside.json.error.details[0].code]).toEqual([422, "auth_required"]);
    const sameHost = await rest(north.members.builder.apiKey, "PATCH", "/api/v1/connections/moving", {
      base_url: `${serviceUrl}/`,
      name: "Moved",
    });
    expect([sameHost.status, sameHost.json.base_url, sameHost.json.name]).toEqual([200, `${serviceUrl}/`, "Moved"]);
    const withAuth = await rest(north.members.builder.apiKey, "PATCH", "/api/v1/connections/moving", {
      base_url: "https://other.test",
      auth: { type: "none" },
    });
    expect([withAuth.status, withAuth.json.auth]).toEqual([200, { type: "none" }]);
  });

  it("B-35 a test is passed only by an answer that proves something", async () => {
    await create("proves");
    const ask = async (path: string) =>
      (await rest(north.members.builder.apiKey, "POST", "/api/v1/connections/proves/test", { path })).json as object;
    expect(await ask("/404")).toMatchObject({ ok: false, status: 404, message: expect.stringContaining("at /404") });
    expect(await ask("/308")).toMatchObject({ ok: false, message: expect.stringContaining("https://new.example/v1") });
    expect(await ask("/422")).toMatchObject({ ok: true, status: 422 });
  });

  it("are tested with their credentials, behind the guard", async () => {
    await create("tested");
    const good = await rest(north.members.builder.apiKey, "POST", "/api/v1/connections/tested/test");
    expect([good.status, good.json.ok, good.json.status]).toEqual([200, true, 200]);
    await rest(north.members.builder.apiKey, "PATCH", "/api/v1/connections/tested", {
      auth: { type: "bearer", token: "wrong" },
    });
    const refused = await rest(north.members.builder.apiKey, "POST", "/api/v1/connections/tested/test");
    expect([refused.json.ok, refused.json.status]).toEqual([false, 401]);
    await create("metadata", { base_url: "http://169.254.169.254", auth: { type: "none" } });
    const guarded = await rest(north.members.builder.apiKey, "POST", "/api/v1/connections/metadata/test");
    expect([guarded.status, guarded.json.ok, guarded.json.status]).toEqual([200, false, null]);
  });

  it("cannot be deleted while a live workflow calls through them, also from inside a loop", async () => {
    await create("used");
    await create("free");
    const workflowId = await publishWorkflow("caller", [
      {
        id: "each",
        type: "loop",
        items: "input.items",
        body: {
          startNodeId: "call",
          nodes: [{ id: "call", type: "service_call", service: "used", method: "GET", path: "/" }],
          edges: [],
        },
      },
    ]);
    const refused = await rest(north.members.builder.apiKey, "DELETE", "/api/v1/connections/used");
    expect([refused.status, refused.json.error.code, refused.json.error.workflows]).toEqual([
      409,
      "connection_in_use",
      ["caller"],
    ]);
    expect((await rest(north.members.builder.apiKey, "DELETE", "/api/v1/connections/free")).status).toBe(200);
    expect((await rest(north.members.builder.apiKey, "GET", "/api/v1/connections/free")).status).toBe(404);
    await hotPool().query("update workflows set status = 'retired' where id = $1", [workflowId]);
    expect((await rest(north.members.builder.apiKey, "DELETE", "/api/v1/connections/used")).status).toBe(200);
  });

  it("of another organization are not there", async () => {
    const { json } = await create("private");
    for (const name of ["private", json.id]) {
      const missing = await rest(south.members.owner.apiKey, "GET", `/api/v1/connections/never-existed`);
      for (const [method, path, body] of [
        ["GET", `/api/v1/connections/${name}`, undefined],
        ["PATCH", `/api/v1/connections/${name}`, { name: "Mine" }],
        ["DELETE", `/api/v1/connections/${name}`, undefined],
        ["POST", `/api/v1/connections/${name}/test`, {}],
      ] as const) {
        const answer = await rest(south.members.owner.apiKey, method, path, body);
        expect([answer.status, { ...answer.json.error, requestId: "" }]).toEqual([
          404,
          { ...missing.json.error, requestId: "" },
        ]);
      }
    }
    expect((await rest(south.members.owner.apiKey, "GET", "/api/v1/connections")).json.connections).toEqual([]);
    expect(
      (
        await rest(south.members.owner.apiKey, "POST", "/api/v1/connections", {
          slug: "private",
          base_url: "https://south.test",
        })
      ).status,
    ).toBe(201);
  });

  it("leave a line in the audit log for each change", async () => {
    const { json } = await create("audited");
    await rest(north.members.owner.apiKey, "PATCH", "/api/v1/connections/audited", { name: "New name" });
    await rest(north.members.owner.apiKey, "DELETE", "/api/v1/connections/audited");
    const log = await rest(north.members.owner.apiKey, "GET", `/api/v1/audit?subject_id=${json.id}`);
    expect(log.json.entries.map((entry: { action: string }) => entry.action)).toEqual([
      "connection.deleted",
      "connection.updated",
      "connection.created",
    ]);
    expect(log.json.entries[0].actor).toMatchObject({ type: "api_key", via: "api" });
  });
});

async function publishWorkflow(slug: string, nodes: unknown[]): Promise<string> {
  const id = newId();
  const versionId = newId();
  const { userId } = north.members.owner;
  await hotPool().query(
    "insert into workflows (id, organization_id, slug, name, status, published_version, owner_id, updated_at) values ($1, $2, $3, $3, 'active', 1, $4, now())",
    [id, north.id, slug, userId],
  );
  await hotPool().query(
    "insert into workflow_versions (id, organization_id, workflow_id, number, spec, triggers, config, created_by_id) values ($1, $2, $3, 1, $4, '[]', '{}', $5)",
    [versionId, north.id, id, JSON.stringify({ specVersion: "1", startNodeId: "each", nodes, edges: [] }), userId],
  );
  return id;
}
