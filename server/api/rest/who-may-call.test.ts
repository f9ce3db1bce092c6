import { describe, expect, it } from "vitest";
import { addTestKey } from "@/server/auth/identity.testkit";
import { hotPool } from "@/server/db/pools";
import { call, organization, other } from "./handle.testkit";

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
