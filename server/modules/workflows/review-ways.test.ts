import { expect, it } from "vitest";
import { createCaller } from "@/server/routes/root";
import { useWorkflowBench } from "./workflows.testkit";

const bench = useWorkflowBench();
const admin = () => createCaller({ actor: bench.north().members.admin.actor, requestId: "test" });

const step = { id: "shape", type: "transform", expression: { seen: "1" } };
const asks = { id: "ask", type: "approval", name: "Manager", assignTo: "role:manager" };
const asked = { startNodeId: "ask", nodes: [asks, step], edges: [{ from: "ask", to: "shape", case: "approved" }] };
const conditional = (expression: string) => ({
  startNodeId: "limit",
  nodes: [{ id: "limit", type: "condition", expression }, asks, step],
  edges: [
    { from: "limit", to: "ask", case: "true" },
    { from: "limit", to: "shape", case: "false" },
    { from: "ask", to: "shape", case: "approved" },
  ],
});
const looped = (items: string) => ({
  startNodeId: "each",
  nodes: [{ id: "each", type: "loop", items, body: { startNodeId: "ask", nodes: [asks], edges: [] } }, step],
  edges: [{ from: "each", to: "shape" }],
});
const byVariable = conditional("input.amount > vars.limit");
const byInput = conditional("input.amount > 100");
const hook = (amount: unknown) => [{ id: "in", type: "event", event: "paid", input: { amount } }];

it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  [
    "a variable decides otherwise",
    { spec: byVariable, config: { variables: { limit: 1_000_000 } } },
    { spec: byVariable, config: { variables: { limit: 100 } } },
  ],
  ["a loop goes through fewer", { spec: looped("input.items.filter(i, i > 1000)") }, { spec: looped("input.items") }],
  [
    "a trigger gives what decides",
    { spec: byInput, triggers: hook(0) },
    { spec: byInput, triggers: hook("${trigger.body.amount}") },
  ],
  [
    "a variable says who is asked",
    {
      spec: { ...asked, nodes: [{ ...asks, assignTo: "${vars.who}" }, step] },
      config: { variables: { who: "role:builder" } },
    },
    {
      spec: { ...asked, nodes: [{ ...asks, assignTo: "${vars.who}" }, step] },
      config: { variables: { who: "role:owner" } },
    },
  ],
])("an old version is reviewed before it is started or goes live again where %s", async (why, before, after) => {
  const slug = why.replaceAll(" ", "-");
  await bench.createLive(slug, before);
  const patched = await bench.call("PATCH", `/api/workflows/${slug}`, after);
  expect([patched.status, patched.json.error]).toEqual([200, undefined]);
  expect((await bench.call("POST", `/api/workflows/${slug}/publish`)).status).toBe(200);
  await admin().drafts.setReviewRequired({ slug, on: true });
  for (const refused of [
    await bench.start(slug, { input: { amount: 5, items: [] }, version: 1 }),
    await bench.call("POST", `/api/workflows/${slug}/rollback`, { version: 1 }),
  ]) {
    expect([refused.status, refused.json.error.code]).toEqual([409, "review_required"]);
    expect(refused.json.error.message).toContain('"Manager"');
    expect(refused.json.error.message).toContain('"Edit from this version"');
  }
});
