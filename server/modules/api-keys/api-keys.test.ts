import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { hotPool } from "@/server/db/pools";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  south = await createTestOrganization("south");
});
afterAll(() => database.close());

const path = "/api/v1/api-keys";

describe("API keys", () => {
  it("are shown once, work at once, and are kept as a hash only", async () => {
    const created = await rest(
      north.members.owner.apiKey,
      "POST",
      path,
      { name: "Script", scopes: ["connections:read"] },
      { "idempotency-key": "make-1" },
    );
    expect(created.status).toBe(201);
    expect(created.json.key).toMatch(/^hp_[0-9A-Za-z]{40,}$/);
    expect((await rest(created.json.key, "GET", "/api/v1/connections")).status).toBe(200);
    expect((await rest(created.json.key, "GET", "/api/v1/audit")).status).toBe(403);
    const again = await rest(
      north.members.owner.apiKey,
      "POST",
      path,
      { name: "Script", scopes: ["connections:read"] },
      { "idempotency-key": "make-1" },
    );
    expect(again.json).toEqual(created.json);
    const list = await rest(north.members.owner.apiKey, "GET", path);
    expect(list.json.api_keys).toContainEqual(
      expect.objectContaining({
        id: created.json.id,
        hint: created.json.key.slice(0, 9),
        scopes: ["connections:read"],
      }),
    );
    const dump = await hotPool().query(
      "select to_jsonb(k) as row from api_keys k union all select to_jsonb(i) from idempotency_keys i union all select to_jsonb(a) from audit_entries a",
    );
    expect(JSON.stringify([list.json, dump.rows])).not.toContain(created.json.key);
  });

  it("are refused from the next request on after they were revoked", async () => {
    const { json } = await rest(north.members.owner.apiKey, "POST", path, { name: "Short-lived" });
    expect((await rest(json.key, "GET", path)).status).toBe(200);
    expect((await rest(north.members.owner.apiKey, "DELETE", `${path}/${json.id}`)).status).toBe(200);
    expect((await rest(json.key, "GET", path)).status).toBe(401);
    expect((await rest(north.members.owner.apiKey, "DELETE", `${path}/${json.id}`)).status).toBe(404);
  });

  it("cannot do more than their maker, not even through another key", async () => {
    const beyond = await rest(north.members.builder.apiKey, "POST", path, { name: "Too much", scopes: ["audit:read"] });
    expect([beyond.status, beyond.json.error.code]).toEqual([403, "missing_scope"]);
    const narrow = await rest(north.members.owner.apiKey, "POST", path, {
      name: "Narrow",
      scopes: ["api_keys:manage"],
    });
    expect((await rest(narrow.json.key, "POST", path, { name: "Wider", scopes: ["runs:start"] })).status).toBe(403);
    const child = await rest(narrow.json.key, "POST", path, { name: "Child" });
    expect(child.json.scopes).toEqual(["api_keys:manage"]);
  });

  it("B-44 of approvers and operators do what these may do themselves, and end with their membership", async () => {
    const { approver, operator, viewer, owner } = south.members;
    expect((await rest(viewer.apiKey, "POST", path, { name: "Mine" })).status).toBe(403);
    for (const member of [approver, operator]) {
      const beyond = await rest(member.apiKey, "POST", path, { name: "Mine", scopes: ["workflows:write"] });
      expect(beyond).toMatchObject({ status: 403, json: { error: { code: "missing_scope" } } });
      const made = await rest(member.apiKey, "POST", path, { name: "Mine", scopes: ["approvals:read"] });
      expect(made).toMatchObject({ status: 201, json: { user: { id: member.userId } } });
      expect((await rest(made.json.key, "GET", "/api/v1/approvals")).status).toBe(200);
      expect((await rest(made.json.key, "GET", "/api/v1/runs")).status).toBe(403);
      expect((await rest(owner.apiKey, "GET", path)).json.api_keys).toContainEqual(
        expect.objectContaining({ id: made.json.id }),
      );
      await hotPool().query("delete from memberships where user_id = $1", [member.userId]);
      await expect.poll(async () => (await rest(made.json.key, "GET", "/api/v1/approvals")).status).toBe(401);
    }
  });

  it("B-70 without a permission say to their maker, who has it, that it is the key that lacks it", async () => {
    const refused = async (member: { apiKey: string }, scopes: string[]) => {
      const { json } = await rest(member.apiKey, "POST", path, { name: "Narrow", scopes });
      return (await rest(json.key, "GET", "/api/v1/audit")).json.error.message as string;
    };
    expect(await refused(north.members.owner, ["runs:read"])).toBe(
      "This API key was made without the permission audit:read. You have it yourself: make a key that includes it.",
    );
    expect(await refused(north.members.operator, ["runs:read"])).toMatch(/Ask an administrator/);
  });

  it("lose what their person's role loses", async () => {
    const { json } = await rest(north.members.admin.apiKey, "POST", path, { name: "Auditor", scopes: ["audit:read"] });
    expect((await rest(json.key, "GET", "/api/v1/audit")).status).toBe(200);
    await hotPool().query("update memberships set role = 'viewer' where user_id = $1", [north.members.admin.userId]);
    await expect.poll(async () => (await rest(json.key, "GET", "/api/v1/audit")).status).toBe(403);
  });

  it("of others are hidden from a builder, and of another organization from everybody", async () => {
    const { json } = await rest(north.members.owner.apiKey, "POST", path, { name: "Owner's" });
    const seen = await rest(north.members.builder.apiKey, "GET", path);
    expect(seen.json.api_keys.map((key: { user: { id: string } }) => key.user.id)).toEqual([
      north.members.builder.userId,
    ]);
    for (const key of [north.members.builder.apiKey, south.members.owner.apiKey])
      expect((await rest(key, "DELETE", `${path}/${json.id}`)).status).toBe(404);
    expect((await rest(json.key, "GET", path)).status).toBe(200);
  });

  it.each([
    ["expires_at", { name: "Late", expires_at: "2020-01-01T00:00:00Z" }],
    ["name", { name: " " }],
    ["scopes[0]", { name: "x", scopes: ["everything"] }],
  ])("name %s when it is wrong", async (where, body) => {
    const { status, json } = await rest(north.members.owner.apiKey, "POST", path, body);
    expect([status, json.error.details[0].path]).toEqual([422, where]);
  });

  it("note their last use", async () => {
    const { json } = await rest(north.members.owner.apiKey, "POST", path, { name: "Used" });
    await rest(json.key, "GET", path);
    await expect
      .poll(async () => {
        const list = await rest(north.members.owner.apiKey, "GET", path);
        return list.json.api_keys.find((key: { id: string }) => key.id === json.id).last_used_at as string | null;
      })
      .toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });
});
