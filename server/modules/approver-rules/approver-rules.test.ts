import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { insertWorkflow } from "@/inngest/runtime/runtime.testkit";
import { createTestOrganization, addTestMember, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { setAbsence } from "@/server/modules/absences/service";
import { removeGroup } from "@/server/modules/members/service";
import type { TestDatabase } from "@/tests/database";
import { asking, key, live, ours } from "./rules.testkit";
import {
  createRule,
  getRule,
  listRules,
  listRuleVersions,
  publishRule,
  removeRule,
  restoreRule,
  saveRule,
  simulate,
} from "./service";

let database: TestDatabase;
let north: TestOrganization;
let count = 0;
beforeAll(async () => {
  database = await useTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  north = await createTestOrganization(`north-${String((count += 1))}`);
});

const owner = () => north.members.owner.actor;
const builder = () => north.members.builder.actor;
const conflict = { code: "conflict" };
const refusing = { ...ours, otherwise: { refuse: true as const } };

describe("row 26 a table is written, published and taken back", () => {
  it("builders write it, administrators have it decide; both are in the log, with what changed", async () => {
    await createRule(builder(), { key, name: "Spend", document: ours });
    const publish = { key, revision: 1, liveVersion: null, note: "First" };
    await expect(publishRule(builder(), publish)).rejects.toMatchObject({ code: "missing_scope" });
    expect(await publishRule(owner(), publish)).toEqual({ version: 1 });
    expect(await listRules(north.members.viewer.actor)).toMatchObject([
      { key, name: "Spend", live_version: 1, has_changes: false, published_by: "owner", rows: 3, used_by: [] },
    ]);
    await saveRule(builder(), { key, revision: 1, name: "Spend", document: refusing });
    expect(await getRule(builder(), key)).toMatchObject({
      has_changes: true,
      changes: ["Otherwise: nobody may approve it. It was: Owner."],
      draft: { revision: 2, by: "builder" },
      live: ours,
      problems: [],
    });
    await publishRule(owner(), { key, revision: 2, liveVersion: 1, note: "" });
    const { rows } = await database.pool.query<{ action: string; data: { changes?: string[] } }>(
      "select action, data from audit_entries where organization_id = $1 and subject_type = 'approver_rule' order by id",
      [north.id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      "approver_rule.created",
      "approver_rule.published",
      "approver_rule.saved",
      "approver_rule.published",
    ]);
    expect(rows.at(-1)?.data.changes).toEqual(["Otherwise: nobody may approve it. It was: Owner."]);
    await restoreRule(builder(), { key, revision: 2, version: 1 });
    expect(await getRule(owner(), key)).toMatchObject({ draft: { revision: 3, document: ours }, live: refusing });
    expect(await listRuleVersions(owner(), key)).toMatchObject([
      { number: 2, isLive: true },
      { number: 1, isLive: false, note: "First" },
    ]);
  });

  it("of two who save or publish at the same moment one does, and the other is told", async () => {
    await createRule(owner(), { key, name: "Spend", document: ours });
    const save = () => saveRule(owner(), { key, revision: 1, name: "Spend", document: refusing });
    const saves = await Promise.allSettled([save(), save()]);
    expect(saves.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(saves.find(({ status }) => status === "rejected")).toMatchObject({ reason: conflict });
    const publish = (actor = owner()) => publishRule(actor, { key, revision: 2, liveVersion: null, note: "" });
    const publishes = await Promise.allSettled([publish(), publish(north.members.admin.actor)]);
    expect(publishes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(publishes.find(({ status }) => status === "rejected")).toMatchObject({ reason: conflict });
    expect(await listRuleVersions(owner(), key)).toHaveLength(1);
  });

  it("what is unfinished, or names nobody who may decide, is kept as a draft and does not go live", async () => {
    const [first] = ours.rows;
    const half = {
      ...ours,
      rows: [
        { ...first, when: {}, assignTo: [] },
        { when: {}, assignTo: ["role:boss"] },
      ],
    };
    await createRule(owner(), { key, name: "Spend", document: half });
    await expect(publishRule(owner(), { key, revision: 1, liveVersion: null, note: "" })).rejects.toMatchObject({
      code: "publish_blocked",
      details: expect.arrayContaining([
        expect.objectContaining({ path: "rows[0].assignTo", message: "Say who decides." }),
        expect.objectContaining({ path: "rows[1].assignTo" }),
      ]) as unknown,
    });
  });

  it("takes a recent password, and is nobody's of another organization", async () => {
    await live(owner());
    const { session } = owner();
    if (!session) throw new Error("signed in");
    const stale = { ...owner(), session: { ...session, provenAt: new Date(0) } };
    await expect(publishRule(stale, { key, revision: 1, liveVersion: 1, note: "" })).rejects.toMatchObject({
      code: "password_required",
    });
    await expect(removeRule(stale, key)).rejects.toMatchObject({ code: "password_required" });
    const south = (await createTestOrganization(`south-${String(count)}`)).members.owner.actor;
    const gone = { code: "not_found" };
    await expect(getRule(south, key)).rejects.toMatchObject(gone);
    await expect(saveRule(south, { key, revision: 1, name: "Ours", document: ours })).rejects.toMatchObject(gone);
    await expect(simulate(south, { key, values: {}, requester: null, version: "live" })).rejects.toMatchObject(gone);
    expect(await live(south)).toBe(1);
  });

  it("a removed table keeps its key and counts its versions on", async () => {
    await live(owner());
    await removeRule(owner(), key);
    expect(await listRules(owner())).toEqual([]);
    await expect(getRule(owner(), key)).rejects.toMatchObject({ code: "not_found" });
    expect(await live(owner(), refusing)).toBe(2);
    await expect(createRule(owner(), { key, name: "Again" })).rejects.toMatchObject({ code: "slug_taken" });
  });
});

describe("what asks by a table", () => {
  const use = async (reviewed: boolean) => {
    const flow = await insertWorkflow(database.pool, asking, { organizationId: north.id });
    await database.pool.query(
      "update workflows set name = 'Buy', published_version = 1, status = 'active', review_required = $2 where id = $1",
      [flow.workflowId, reviewed],
    );
  };

  it("under review, whoever changed the table does not publish it", async () => {
    await live(owner());
    await use(true);
    expect(await getRule(owner(), key)).toMatchObject({ used_by: [{ name: "Buy" }], gaps: [] });
    await saveRule(owner(), { key, revision: 1, name: "Spend", document: refusing });
    await saveRule(builder(), { key, revision: 2, name: "Spend", document: refusing });
    const publish = { key, revision: 3, liveVersion: 1, note: "" };
    await expect(publishRule(owner(), publish)).rejects.toMatchObject({ code: "review_required" });
    expect(await publishRule(north.members.admin.actor, publish)).toEqual({ version: 2 });
  });

  it("is told what it does not say; a role that a live table names stays", async () => {
    await database.pool.query(
      "insert into business_roles (organization_id, slug, name) values ($1, 'finance', 'Finance')",
      [north.id],
    );
    const [first, ...rest] = ours.rows;
    await addTestMember({
      organizationId: north.id,
      role: "approver",
      email: `fin@${north.slug}.test`,
      businessRoles: ["finance"],
    });
    const document = {
      ...ours,
      questions: [...ours.questions, { name: "project", title: "Project", type: "text" as const }],
      rows: [{ ...first, when: {}, assignTo: ["role:finance"] }, ...rest],
    };
    await live(owner(), document);
    await use(false);
    const { gaps } = await getRule(owner(), key);
    expect(gaps).toEqual([expect.stringMatching(/^“Buy” does not say Project/)]);
    await expect(removeGroup(owner(), { kind: "role", id: "finance" })).rejects.toMatchObject(conflict);
  });
});

describe("who would decide", () => {
  const dear = { amount: "12000 EUR", site: "Lyon" };

  it("names the people of the row that fits, who is away with their deputy, and who may not because they asked", async () => {
    await live(owner());
    const { admin, approver, viewer } = north.members;
    await setAbsence(admin.actor, { workflows: [], deputy: approver.email });
    expect(
      await simulate(viewer.actor, { key, values: dear, requester: owner().email, version: "live" }),
    ).toMatchObject({
      version: 1,
      row: 2,
      sentence: "Asked by the rule “Spend”, version 1: amount over €10,000 and site Lyon",
      refused: false,
      quorum: "all",
      decisions_needed: 1,
      asked: [
        { name: "Admin", people: [{ name: "admin", may_decide: true, away: { deputy: "approver" } }] },
        { name: "Owner", people: [{ name: "owner", may_decide: false, why_not: "requester", away: null }] },
      ],
    });
  });

  it("of a draft or an earlier version, and that nobody would", async () => {
    await live(owner());
    await saveRule(owner(), { key, revision: 1, name: "Spend", document: { ...refusing, rows: [] } });
    const of = (version: "live" | "draft" | number) =>
      simulate(owner(), { key, values: dear, requester: null, version });
    expect(await of("draft")).toMatchObject({
      version: null,
      row: null,
      refused: true,
      sentence: "By the rule “Spend”, draft, nobody may approve this: no row fits.",
    });
    expect(await of(1)).toMatchObject({ version: 1, row: 2 });
    await expect(of(9)).rejects.toMatchObject({ code: "not_found" });
    await expect(
      simulate(owner(), { key, values: dear, requester: "kim@elsewhere.test", version: "live" }),
    ).rejects.toMatchObject({ code: "validation_failed" });
  });
});
