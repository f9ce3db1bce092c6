import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { newId, showId } from "@/core/ids";
import {
  addTestMember,
  createTestOrganization,
  type TestMember,
  type TestOrganization,
} from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import type { OrganizationId } from "@/server/db/tenant";
import type { TestDatabase } from "@/tests/database";
import { assigneeRefsOf, createDirectoryPort, memberNames, nameRefs } from "./service";

let database: TestDatabase;
let north: TestOrganization;
let organizationId: OrganizationId;
let analyst: TestMember;
const [teamId, contactId] = [newId(), newId()];

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  organizationId = north.members.owner.actor.organizationId;
  const roles = "insert into business_roles (organization_id, slug, name) values ($1, $2, $3)";
  await database.pool.query(roles, [north.id, "kyc_analyst", "KYC analyst"]);
  // A business role of a permission role's name: its holders are meant, not everybody with the permission.
  await database.pool.query(roles, [north.id, "operator", "Duty operator"]);
  analyst = await addTestMember({
    organizationId: north.id,
    role: "approver",
    email: "analyst@north.holdpoint.test",
    businessRoles: ["kyc_analyst"],
  });
  await database.pool.query(
    "insert into teams (id, organization_id, slug, name, member_ids) values ($1, $2, 'finance', 'Finance', $3)",
    [teamId, north.id, [analyst.userId]],
  );
  await database.pool.query(
    "insert into contacts (id, organization_id, name, email, phone) values ($1, $2, 'Jane', 'jane@acme.com', '+62 811 222 333')",
    [contactId, north.id],
  );
});
afterAll(() => database.close());
// Names are kept for a second; every test looks from a later one.
let now = Date.now();
beforeEach(() => {
  now += 10_000;
  vi.spyOn(Date, "now").mockReturnValue(now);
});

const port = () => createDirectoryPort(organizationId);

describe("references of steps", () => {
  it("K-30 are stored as role, user and team, whichever way they were written", async () => {
    const written = [
      "role:kyc_analyst",
      `user:${showId("user", analyst.userId)}`,
      `user:${analyst.userId}`,
      "Analyst@north.holdpoint.test",
      `team:${showId("team", teamId)}`,
      "team:finance",
      "role:owner",
    ];
    const { refs, unknown } = await port().resolveAssignees(written);
    expect(refs).toEqual(["role:kyc_analyst", `user:${analyst.userId}`, `team:${teamId}`, "role:owner"]);
    expect(unknown).toEqual([]);
  });

  it("K-30 that mean nobody are named, and kept as written", async () => {
    const south = await createTestOrganization("south");
    const nobody = [
      "role:astronaut",
      "team:nowhere",
      "user:usr_nobody",
      `user:${south.members.owner.userId}`,
      "gone@acme.com",
    ];
    const { refs, unknown } = await port().resolveAssignees(nobody);
    expect(unknown).toEqual(nobody);
    expect(refs).toEqual(nobody);
  });

  it("F-37 read as names for people", async () => {
    const refs = [
      "role:kyc_analyst",
      "role:owner",
      `user:${analyst.userId}`,
      `user:${newId()}`,
      `team:${teamId}`,
      `team:${newId()}`,
      "role:night_shift",
    ];
    expect([...(await nameRefs(organizationId, refs)).values()]).toEqual([
      "KYC analyst",
      "Owner",
      "analyst",
      "Somebody who left",
      "Finance",
      "A former team",
      "Night shift",
    ]);
  });
});

describe("what a person may act as", () => {
  it("K-30 is their user, address, teams and business roles, and the permission role when no business role has its name", async () => {
    const actor = { ...analyst.actor, teamIds: [teamId] };
    expect((await assigneeRefsOf(actor)).sort()).toEqual([
      `email:${analyst.email}`,
      "role:approver",
      "role:kyc_analyst",
      `team:${teamId}`,
      `user:${analyst.userId}`,
    ]);
    const { operator } = north.members;
    expect(await assigneeRefsOf(operator.actor)).toEqual([`user:${operator.userId}`, `email:${operator.email}`]);
  });

  it("ends when somebody leaves", async () => {
    const leaver = await addTestMember({
      organizationId: north.id,
      role: "viewer",
      email: "leaver@north.holdpoint.test",
    });
    expect((await port().resolveAssignees([leaver.email])).refs).toEqual([`user:${leaver.userId}`]);
    await database.pool.query("update users set deactivated_at = now() where id = $1", [leaver.userId]);
    vi.spyOn(Date, "now").mockReturnValue(now + 2_000);
    expect((await memberNames(organizationId)).has(leaver.userId)).toBe(false);
    expect((await port().resolveAssignees([leaver.email])).unknown).toEqual([leaver.email]);
  });
});

describe("addresses of a channel", () => {
  it.each([
    ["a role by e-mail", "role:kyc_analyst", "email", () => ["analyst@north.holdpoint.test"]],
    ["a team in the app", "team:finance", "in_app", () => [analyst.userId]],
    ["a business role that has a permission role's name", "role:operator", "email", () => []],
    ["people, by phone: none is known", "role:kyc_analyst", "sms", () => []],
    ["a contact by e-mail", "jane@acme.com", "email", () => ["jane@acme.com"]],
    ["a contact's phone, named by e-mail", "JANE@acme.com", "whatsapp", () => ["+62 811 222 333"]],
    ["a contact's phone, named by id", contactId, "sms", () => ["+62 811 222 333"]],
    ["a stranger by e-mail", "new@acme.com", "email", () => ["new@acme.com"]],
    ["a stranger's phone", "+1 (555) 010-9999", "whatsapp", () => ["+1 (555) 010-9999"]],
    ["a stranger's e-mail, by phone", "new@acme.com", "sms", () => []],
    ["a Slack channel", "#billing", "slack", () => ["#billing"]],
    ["words", "somebody", "email", () => []],
  ])("F-25 F-30 %s", async (_, to, channel, expected) => {
    expect(await port().addresses(to, channel)).toEqual(expected());
  });
});
