import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AskContext, InboxItem } from "@/core/contracts/inbox";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import type { Actor } from "@/server/db/tenant";
import { createRunsScene, edge, effect, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { resolveHandoff, submitForm } from "@/server/modules/runs/service";
import { countInbox, getInboxItem, listInbox } from "./service";

let scene: RunsScene;
let only: TestMember;

beforeAll(async () => {
  scene = await createRunsScene();
  scene.cut.add("/charge");
  only = await addTestMember({ organizationId: scene.north.id, role: "operator", email: "only@north.holdpoint.test" });
  const end = { id: "end", type: "end" };
  const steps: Record<string, { id: string; [field: string]: unknown }> = {
    ask: { id: "ask", type: "approval", assignTo: "role:operator", context: { headline: "Pay ${input.who}" } },
    fill: {
      id: "fill",
      type: "collect_form",
      title: "Address of ${input.who}",
      description: "As it is on the invoice",
      assignTo: "role:operator",
      sensitive: ["input.title"],
      schema: { type: "object", properties: { zip: { type: "string" }, a: { type: "string" } }, required: ["zip"] },
    },
    talk: { id: "talk", type: "human_handoff", name: "Complaint", summary: "${input.who} is angry" },
    charge: { id: "charge", ...effect("charge", { repeatable: "unsafe", path: "/charge" }) },
  };
  for (const [slug, node] of Object.entries(steps))
    await scene.publish(slug, { startNodeId: node.id, nodes: [node, end], edges: [edge(node.id, "end")] });
});
afterAll(() => scene.close());

const waits = {
  ask: "waiting_approval",
  fill: "waiting_form",
  talk: "waiting_human",
  charge: "waiting_human",
} as const;
async function asked(slug: keyof typeof waits, who = "Jane"): Promise<string> {
  const runId = await scene.start(slug, { who });
  const run = await scene.reached(runId, waits[slug]);
  return run.steps[0].waiting.id as string;
}

type Listing = Partial<Parameters<typeof listInbox>[1]>;
const list = (actor: Actor, more: Listing = {}) =>
  listInbox(actor, { view: "pending", search: "", limit: 50, offset: 0, ...more });
const shown = (items: readonly InboxItem[]) => items.map(({ kind, headline }) => [kind, headline]);

describe("one inbox for everything that needs a person", () => {
  it("A2 A3 A4 approvals, forms, handed over conversations and unknown outcomes stand in one list, and are counted", async () => {
    const before = await countInbox(only.actor);
    for (const slug of ["ask", "fill", "talk", "charge"] as const) await asked(slug);
    const { items } = await list(only.actor);
    expect(shown(items.slice(-4))).toEqual([
      ["approval", "Pay Jane"],
      ["form", "••••"],
      ["handoff", "Complaint"],
      ["outcome", 'Did "Service call" happen?'],
    ]);
    expect(items.slice(-3)).toMatchObject([
      { canAnswer: true, assignTo: ["Operator"], detail: "As it is on the invoice" },
      { canAnswer: true, detail: "Jane is angry" },
      { canAnswer: true },
    ]);
    expect(await countInbox(only.actor)).toBe(before + 4);
    expect((await list(scene.south.members.operator.actor)).items).toEqual([]);
    expect((await list(scene.north.members.viewer.actor)).items).toEqual([]);
  });

  it("A2 a form is filled in there, its questions in their author's order; once", async () => {
    const id = await asked("fill");
    const context = (await getInboxItem(only.actor, id)) as AskContext;
    expect(context).toMatchObject({ kind: "form", headline: "Address of Jane", conversation: null, question: null });
    expect(Object.keys(context.form?.schema["properties"] ?? {})).toEqual(["zip", "a"]);
    const submit = (values: Record<string, string>) =>
      submitForm(only.actor.organizationId, { waitpointId: id, values, actor: only.actor, via: "ui" });
    await expect(submit({})).rejects.toMatchObject({ code: "validation_failed" });
    await submit({ zip: "1010" });
    await expect(submit({ zip: "2020" })).rejects.toMatchObject({ code: "waitpoint_already_resolved" });
    const over = (await list(only.actor, { view: "decided" })).items[0];
    expect(over).toMatchObject({ id, status: "answered", canAnswer: false, answeredBy: only.actor.name });
    expect(await getInboxItem(only.actor, id)).toMatchObject({ answer: { values: { zip: "1010" } } });
  });

  it("A4 what came of a call is answered with one of its answers only, and shows what was sent", async () => {
    const id = await asked("charge");
    expect(await getInboxItem(only.actor, id)).toMatchObject({
      kind: "outcome",
      question: {
        choices: [{ value: "completed" }, { value: "retry" }, { value: "failed" }],
        sent: { method: "POST", path: "/charge" },
      },
    });
    await expect(resolveHandoff(only.actor, id, { resolution: "banana" })).rejects.toMatchObject({
      code: "validation_failed",
    });
    await resolveHandoff(only.actor, id, { resolution: "completed", note: "It is on the statement" });
    expect(await getInboxItem(only.actor, id)).toMatchObject({
      status: "answered",
      answer: { words: "It happened: go on", note: "It is on the statement", values: null },
    });
  });

  it("who was the first of two to approve is not asked any more", async () => {
    const id = await asked("ask");
    const before = await countInbox(only.actor);
    await scene.database.pool.query("update waitpoints set votes = jsonb_build_array($2::jsonb) where id = $1", [
      id,
      { people: [only.userId], byId: only.userId, byName: "Only", decision: "approved", at: "2026-11-30T12:00:00Z" },
    ]);
    expect(await countInbox(only.actor)).toBe(before - 1);
    expect((await list(only.actor)).items.map((item) => item.id)).not.toContain(id);
    expect((await list(scene.north.members.operator.actor)).items.map((item) => item.id)).toContain(id);
  });

  it("whoever may look and not answer is told so; strangers find nothing", async () => {
    const id = await asked("talk");
    expect(await getInboxItem(scene.north.members.viewer.actor, id)).toMatchObject({
      canAnswer: false,
      cannotAnswerReason: "Your role may look, not answer. An operator, a builder or an administrator can.",
    });
    for (const [actor, of] of [
      [scene.south.members.owner.actor, id],
      [only.actor, "nothing"],
    ] as const)
      await expect(getInboxItem(actor, of)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("A6 the inbox has no end", () => {
  it("comes page after page, each card once, those that are due first", async () => {
    const waiting = (await list(only.actor)).items.length;
    for (let n = 0; n < 5; n += 1) await asked("ask", `Page ${String(n)}`);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(only.actor, {
        limit: 3,
        ...(cursor === null ? {} : { cursor }),
      });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toHaveLength(waiting + 5);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toEqual((await list(only.actor)).items.map(({ id }) => id));
  });

  it("is searched by words of the card and by the name of the workflow; signs mean themselves", async () => {
    await asked("ask", "100% Ümlaut_x");
    for (const search of ["100% ü", "LAUT_", "t_x"])
      expect(shown((await list(only.actor, { search })).items)).toEqual([["approval", "Pay 100% Ümlaut_x"]]);
    for (const search of ["10% ", "lautx", "\\"]) expect((await list(only.actor, { search })).items).toEqual([]);
    const talks = (await list(only.actor, { search: "talk" })).items;
    expect(new Set(talks.map(({ kind }) => kind))).toEqual(new Set(["handoff"]));
  });

  it("what a card hides is not found out by searching", async () => {
    await asked("fill", "Hidden Harry");
    const viewer = await addTestMember({
      organizationId: scene.north.id,
      role: "viewer",
      email: "looks@north.holdpoint.test",
      businessRoles: ["operator"],
    });
    expect(shown((await list(viewer.actor)).items)).toContainEqual(["form", "••••"]);
    expect((await list(only.actor, { search: "Harry" })).items).toHaveLength(1);
    expect((await list(viewer.actor, { search: "Harry" })).items).toEqual([]);
  });
});
