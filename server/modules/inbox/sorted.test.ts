import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InboxFilter, InboxSort } from "@/core/contracts/inbox";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { delegateApproval } from "@/server/modules/approvals/service";
import { createRunsScene, edge, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { inboxGroups, listInbox } from "./service";

const end = { id: "end", type: "end" };
let scene: RunsScene;
let kim: TestMember;
let lee: TestMember;

beforeAll(async () => {
  scene = await createRunsScene();
  const member = (name: string) =>
    addTestMember({ organizationId: scene.north.id, role: "operator", email: `${name}@north.holdpoint.test` });
  [kim, lee] = [await member("kim"), await member("lee")];
  const steps: Record<string, { id: string; [field: string]: unknown }> = {
    pay: {
      id: "pay",
      type: "approval",
      assignTo: "role:operator",
      context: { headline: "Pay ${input.who}", fields: [{ label: "Amount", value: "${input.sum}" }] },
    },
    named: { id: "named", type: "approval", assignTo: kim.email, context: { headline: "For Kim: ${input.who}" } },
    fill: { id: "fill", type: "collect_form", title: "Fill", assignTo: "role:operator", schema: { type: "object" } },
  };
  for (const [slug, node] of Object.entries(steps))
    await scene.publish(slug, { startNodeId: node.id, nodes: [node, end], edges: [edge(node.id, "end")] });
  for (const sum of ["$5.00", "$1,200.00", "€9,50", "as agreed", "$70"]) await asked("pay", sum);
  await asked("named", "x");
  await asked("fill", "x");
});
afterAll(() => scene.close());

async function asked(slug: string, sum: string): Promise<string> {
  const runId = await scene.start(slug, { who: sum, sum });
  const run = await scene.reached(runId, slug === "fill" ? "waiting_form" : "waiting_approval");
  return run.steps[0].waiting.id as string;
}
const headlines = async (who: TestMember, sort: InboxSort, filter: InboxFilter = {}, limit = 50) => {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listInbox(who.actor, { view: "pending", sort, filter, limit, offset: 0, cursor });
    found.push(...page.items.map(({ headline }) => headline));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
};

describe("the order and the parts of the inbox", () => {
  it.each([50, 2])(
    "by amount: within a currency most first, and what names no money last; in pages of %i",
    async (limit) => {
      expect(await headlines(kim, "amount", { workflow: "pay" }, limit)).toEqual([
        "Pay €9,50",
        "Pay $1,200.00",
        "Pay $70",
        "Pay $5.00",
        "Pay as agreed",
      ]);
    },
  );

  it("by age: what waits longest first, whatever is due before", async () => {
    const all = await headlines(kim, "age", {}, 3);
    expect(all).toEqual(["Pay $5.00", "Pay $1,200.00", "Pay €9,50", "Pay as agreed", "Pay $70", "For Kim: x", "Fill"]);
    expect((await headlines(kim, "due")).toSorted()).toEqual(all.toSorted());
  });

  it("only a workflow, only a kind, only what is asked by name or as a role", async () => {
    expect(await headlines(kim, "due", { workflow: "named" })).toEqual(["For Kim: x"]);
    expect(await headlines(kim, "due", { kind: "form" })).toEqual(["Fill"]);
    expect(await headlines(kim, "due", { kind: "failed" })).toEqual([]);
    expect(await headlines(kim, "due", { askedAs: "me" })).toEqual(["For Kim: x"]);
    expect(await headlines(kim, "due", { askedAs: "role:operator" })).toHaveLength(6);
    // What somebody is not asked as shows them nothing.
    expect(await headlines(kim, "due", { askedAs: "role:owner" })).toEqual([]);
    expect(await headlines(kim, "due", { workflow: "nothing" })).toEqual([]);
  });

  it("what a colleague gave to somebody is found as theirs", async () => {
    const [item] = (await listInbox(kim.actor, { view: "pending", filter: { workflow: "named" }, limit: 1, offset: 0 }))
      .items;
    expect(await headlines(lee, "due", { askedAs: "others" })).toEqual([]);
    await delegateApproval(kim.actor, item?.id ?? "", { to: lee.email });
    expect(await headlines(lee, "due", { askedAs: "others" })).toEqual(["For Kim: x"]);
  });

  it("is counted by workflow, in the order of their names, as narrow as the list", async () => {
    const { groups, askedAs } = await inboxGroups(kim.actor, {});
    expect(groups.map(({ slug, count }) => [slug, count])).toEqual([
      ["fill", 1],
      ["named", 1],
      ["pay", 5],
    ]);
    expect(askedAs).toEqual([{ ref: "role:operator", name: "Operator" }]);
    expect((await inboxGroups(kim.actor, { filter: { kind: "form" } })).groups).toMatchObject([{ slug: "fill" }]);
    expect((await inboxGroups(kim.actor, { search: "$70" })).groups).toMatchObject([{ slug: "pay", count: 1 }]);
    expect(await inboxGroups(scene.south.members.owner.actor, {})).toMatchObject({ groups: [] });
  });

  it("what an address was asked before its owner joined is asked of them by name", async () => {
    const email = "joins@north.holdpoint.test";
    const node = { id: "sign", type: "approval", outside: true, assignTo: email, context: { headline: "Sign" } };
    await scene.publish("sign", { startNodeId: "sign", nodes: [node, end], edges: [edge("sign", "end")] });
    await asked("sign", "x");
    const joined = await addTestMember({ organizationId: scene.north.id, role: "approver", email });
    expect(await headlines(joined, "due", { askedAs: "me" })).toEqual(["Sign"]);
    expect((await inboxGroups(joined.actor, {})).askedAs).toEqual([{ ref: "role:approver", name: "Approver" }]);
  });

  it("whoever only looks does not learn by the order what their cards hide", async () => {
    const viewer = await addTestMember({
      organizationId: scene.north.id,
      role: "viewer",
      email: "looks@north.holdpoint.test",
      businessRoles: ["operator"],
    });
    expect(await headlines(viewer, "amount", { workflow: "pay" })).toEqual(
      await headlines(viewer, "due", { workflow: "pay" }),
    );
  });
});
