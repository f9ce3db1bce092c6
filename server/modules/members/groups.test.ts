import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { insertWorkflow } from "@/inngest/runtime/runtime.testkit";
import {
  addTestMember,
  createTestOrganization,
  type TestMember,
  type TestOrganization,
} from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { TestDatabase } from "@/tests/database";
import { changeMember, listGroups, listMembers, removeGroup, saveGroup } from "./service";

let database: TestDatabase;
let north: TestOrganization;
let count = 0;
let owner: TestMember["actor"];
beforeAll(async () => {
  database = await useTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  north = await createTestOrganization(`north-${String((count += 1))}`);
  owner = north.members.owner.actor;
});

const person = (name: string, role: "approver" | "viewer" = "approver") =>
  addTestMember({ organizationId: north.id, role, email: `${name}-${String(count)}@north.test` });
const liveAsking = async (name: string, fields: object) => {
  const flow = await insertWorkflow(
    database.pool,
    { startNodeId: "ask", nodes: [{ id: "ask", type: "approval", ...fields }], edges: [] },
    { organizationId: north.id },
  );
  await database.pool.query("update workflows set name = $2, published_version = 1, status = 'active' where id = $1", [
    flow.workflowId,
    name,
  ]);
  return flow.workflowId;
};
const groups = async () =>
  (await listGroups(owner)).map(({ kind, name, members }) => `${kind} ${name} ${String(members)}`);
const held = async (who: TestMember) => {
  const member = (await listMembers(owner)).find(({ id }) => id === who.userId);
  return [...(member?.business_roles ?? []), ...(member?.teams ?? []).map(({ name }) => name)];
};

it("57 an administrator makes and renames roles and teams, and gives them to members; each is in the log", async () => {
  const ana = await person("ana");
  const { id: analyst } = await saveGroup(owner, { kind: "role", id: null, name: "KYC Analyst" });
  const { id: finance } = await saveGroup(owner, { kind: "team", id: null, name: "Finance" });
  expect(analyst).toBe("kyc_analyst");
  await changeMember(owner, { memberId: ana.userId, roles: [analyst], teams: [finance] });
  expect(await held(ana)).toEqual(["kyc_analyst", "Finance"]);
  await saveGroup(owner, { kind: "role", id: analyst, name: "Analyst" });
  expect(await groups()).toEqual(["role Analyst 1", "team Finance 1"]);
  await changeMember(owner, { memberId: ana.userId, roles: [], teams: [finance] });
  expect(await groups()).toEqual(["role Analyst 0", "team Finance 1"]);
  await removeGroup(owner, { kind: "team", id: finance });
  expect(await held(ana)).toEqual([]);
  const { rows } = await database.pool.query<{ action: string }>(
    "select action from audit_entries where organization_id = $1 order by id",
    [north.id],
  );
  expect(rows.map(({ action }) => action)).toEqual([
    "member_group.created",
    "member_group.created",
    "member.changed",
    "member_group.renamed",
    "member.changed",
    "member_group.removed",
  ]);
});

it("57 what a live workflow asks is neither removed nor taken from the last one in it, and the refusal names the workflow", async () => {
  const [ana, bo, vic] = [await person("ana"), await person("bo"), await person("vic", "viewer")];
  const { id: role } = await saveGroup(owner, { kind: "role", id: null, name: "Auditor" });
  const { id: team } = await saveGroup(owner, { kind: "team", id: null, name: "Finance" });
  const flow = await liveAsking("Refunds", { assignTo: ["role:auditor"], escalateTo: "team:finance" });
  for (const each of [ana, bo, vic]) await changeMember(owner, { memberId: each.userId, roles: [role], teams: [team] });
  await changeMember(owner, { memberId: bo.userId, roles: [], teams: [] });
  const refused = { code: "conflict", message: expect.stringContaining("“Refunds” asks") as string };
  const without = (kind: "roles" | "teams") =>
    changeMember(owner, { memberId: ana.userId, roles: [role], teams: [team], [kind]: [] });
  await expect(without("roles")).rejects.toMatchObject(refused);
  await expect(without("teams")).rejects.toMatchObject(refused);
  expect(await held(ana)).toEqual(["auditor", "Finance"]);
  // Whoever may not answer anyway leaves nobody behind.
  await changeMember(owner, { memberId: vic.userId, roles: [], teams: [] });
  await expect(removeGroup(owner, { kind: "role", id: role })).rejects.toMatchObject(refused);
  await expect(removeGroup(owner, { kind: "team", id: team })).rejects.toMatchObject(refused);
  await database.pool.query("update workflows set status = 'retired' where id = $1", [flow]);
  await without("roles");
  await removeGroup(owner, { kind: "role", id: role });
});

it("57 of the last two in a role, both at once, one stays", async () => {
  const [ana, bo] = [await person("ana"), await person("bo")];
  const { id: role } = await saveGroup(owner, { kind: "role", id: null, name: "Auditor" });
  await liveAsking("Refunds", { assignTo: "role:auditor" });
  for (const each of [ana, bo]) await changeMember(owner, { memberId: each.userId, roles: [role], teams: [] });
  const both = await Promise.allSettled(
    [ana, bo].map((each) => changeMember(owner, { memberId: each.userId, roles: [], teams: [] })),
  );
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

it("57 no two of a name, none that means a permission role, and none that is not there", async () => {
  await saveGroup(owner, { kind: "team", id: null, name: "Finance" });
  for (const [kind, name] of [
    ["team", "finance "],
    ["role", "Approver"],
    ["role", "…"],
  ] as const)
    await expect(saveGroup(owner, { kind, id: null, name })).rejects.toMatchObject({ code: "validation_failed" });
  const member = { memberId: north.members.viewer.userId, roles: [], teams: [] };
  await expect(changeMember(owner, { ...member, roles: ["ghost"] })).rejects.toMatchObject({ code: "not_found" });
  const south = await createTestOrganization(`south-${String(count)}`);
  await expect(changeMember(south.members.owner.actor, member)).rejects.toMatchObject({ code: "not_found" });
});
