import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { createRunsScene, edge, effect, type RunsScene } from "./runs.testkit";

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
});
afterAll(() => scene.close());

const retry = (id: string, body: JsonObject) => scene.call("POST", `/api/v1/runs/${id}/retry`, body);
const approve = (id: string, edits: JsonObject = {}) =>
  scene.call("POST", `/api/v1/approvals/${id}/approve`, Object.keys(edits).length > 0 ? { edits } : {});
const decidedBy = (path: string) => ({ status: 422, json: { error: { details: [{ code: "decided_by", path }] } } });
const ask = (id: string, more: object = {}) => ({ id, type: "approval", assignTo: "role:owner", ...more });
const each = (items: string, more: object = {}) => ({
  id: "each",
  type: "loop",
  items,
  body: { startNodeId: "ask", nodes: [ask("ask")], edges: [] },
  ...more,
});

/** A run whose payment failed, after a loop that asked nobody. */
async function unpaid(slug: string, spec: object, input: object, variables: object = {}): Promise<string> {
  await scene.publish(slug, spec, { config: { variables } });
  scene.broken.add(`/${slug}/5`);
  const id = await scene.start(slug, input);
  await scene.reached(id, "failed");
  return id;
}
const shape = (expression: unknown, id = "shape") => ({ id, type: "transform", expression });

it.each<[string, object[], string[]]>([
  ["filtered", [each("input.items.filter(i, i.amount > 100)")], ["each"]],
  ["bare", [each("items.filter(i, i.amount > 100)")], ["each"]],
  ["transformed", [shape("input.items.filter(i, i.amount > 100)"), each("step.shape.output")], ["shape", "each"]],
  [
    "started",
    [{ id: "begin", type: "start" }, each("step.begin.output.items.filter(i, i.amount > 100)")],
    ["begin", "each"],
  ],
  [
    "looped",
    [
      {
        id: "picked",
        type: "loop",
        items: "[1]",
        body: { startNodeId: "inner", nodes: [shape("input.items.filter(i, i.amount > 100)", "inner")], edges: [] },
      },
      each("step.picked.output[0]"),
    ],
    ["picked", "each"],
  ],
])("what a loop with an approval in it goes through is not made larger after it: %s", async (slug, nodes, order) => {
  const [startNodeId = ""] = order;
  const path = `/${slug}/\${input.items[0].amount}`;
  const id = await unpaid(
    slug,
    {
      startNodeId,
      nodes: [...nodes, effect("pay", { path })],
      edges: [...order, "pay"].slice(1).map((to, index) => edge(order[index] ?? "", to)),
    },
    { items: [{ amount: 5 }], note: "a" },
  );
  const refused = await retry(id, { patch: { items: [{ amount: 99999 }] } });
  expect(refused).toMatchObject(decidedBy("patch.items"));
  expect(refused.json.error.message).toContain("start a new run");
  // What nothing decided by may be corrected, and from where it is decided everything.
  scene.broken.delete(`/${slug}/5`);
  expect((await retry(id, { from_step: startNodeId, patch: { items: [{ amount: 99999 }] } })).status).toBe(200);
  await scene.reached(id, "waiting_approval");
  expect(scene.called).not.toContain(`/${slug}/99999`);
});

it("a loop that had nothing to go through asks about what it is given later", async () => {
  const spec = {
    startNodeId: "each",
    nodes: [each("input.items"), effect("pay", { path: "/empty/${input.note}" })],
    edges: [edge("each", "pay")],
  };
  const id = await unpaid("empty", spec, { items: [], note: "5" });
  expect(await retry(id, { patch: { items: [1] } })).toMatchObject(decidedBy("patch.items"));
  expect((await retry(id, { patch: { note: "6" } })).status).toBe(200);
  await scene.reached(id, "completed");
  expect(scene.called).toContain("/empty/6");
});

it("a yes in one pass of a loop is none in another", async () => {
  await scene.publish("passes", {
    startNodeId: "each",
    nodes: [
      {
        id: "each",
        type: "loop",
        items: "[0, 1]",
        body: {
          startNodeId: "limit",
          nodes: [
            { id: "limit", type: "condition", expression: "input.amounts[index] > 100" },
            ask("ask"),
            effect("pay", { path: "/passes/${input.amounts[index]}" }),
          ],
          edges: [edge("limit", "ask", "true"), edge("limit", "pay", "false"), edge("ask", "pay", "approved")],
        },
      },
    ],
    edges: [],
  });
  scene.broken.add("/passes/5");
  const id = await scene.start("passes", { amounts: [200, 5] });
  const { approvals } = await scene.reached(id, "waiting_approval");
  expect((await approve(approvals[0].id)).status).toBe(200);
  await scene.reached(id, "failed");
  expect(await retry(id, { patch: { amounts: [200, 99999] } })).toMatchObject(decidedBy("patch.amounts"));
});

it.each<[string, object]>([
  ["transform", shape("input.list[0]", "first")],
  [
    "loop",
    { id: "first", type: "loop", items: "input.list", body: { startNodeId: "x", nodes: [shape("1", "x")], edges: [] } },
  ],
  [
    "inside",
    {
      id: "first",
      type: "loop",
      items: "[1]",
      body: { startNodeId: "x", nodes: [shape("input.list[0]", "x")], edges: [] },
    },
  ],
  ["wait", { id: "first", type: "wait", duration: "${input.list[0]}" }],
])("a step that went well is not made one that would have failed and asked: %s", async (slug, first) => {
  const id = await unpaid(
    `error-${slug}`,
    {
      startNodeId: "first",
      nodes: [first, ask("ask"), effect("pay", { path: `/error-${slug}/\${input.amount}` })],
      edges: [edge("first", "pay"), edge("first", "ask", "error"), edge("ask", "pay", "approved")],
    },
    { list: ["PT0S"], amount: 5 },
  );
  expect(await retry(id, { patch: { list: "none", amount: 6 } })).toMatchObject({
    status: 422,
    json: { error: { details: [{ code: "decided_by" }, { code: "decided_by" }] } },
  });
  expect((await retry(id, { patch: { amount: 6 } })).status).toBe(200);
  await scene.reached(id, "completed");
});

it.each<[string, object]>([
  ["items", { items: "[1]" }],
  ["until", { until: "false", max: 3 }],
])("what went well in a loop under way is not made what would have failed and asked: %s", async (slug, kind) => {
  await scene.publish(`under-way-${slug}`, {
    startNodeId: "each",
    nodes: [
      {
        id: "each",
        type: "loop",
        ...kind,
        body: {
          startNodeId: "check",
          nodes: [
            effect("check", { path: "/check/${input.who}" }),
            { id: "pause", type: "wait", duration: "P1D" },
            effect("pay", { path: `/under-way-${slug}/\${input.who}` }),
          ],
          edges: [edge("check", "pause"), edge("pause", "pay")],
        },
      },
      ask("ask"),
    ],
    edges: [edge("each", "ask", "error")],
  });
  const id = await scene.start(`under-way-${slug}`, { who: "good", note: "a" });
  await scene.reached(id, "waiting_async");
  expect((await scene.call("POST", `/api/v1/runs/${id}/cancel`, {})).status).toBe(200);
  await scene.reached(id, "cancelled");
  expect(await retry(id, { patch: { who: "bad" } })).toMatchObject(decidedBy("patch.who"));
  expect((await retry(id, { patch: { note: "b" } })).status).toBe(200);
});

it("whoever approves one thing does not change what a loop or a failing step had decided", async () => {
  await scene.publish("edited", {
    startNodeId: "each",
    nodes: [
      each("input.items.filter(i, i > 100)"),
      shape("input.list[0]"),
      ask("other"),
      ask("small", { policy: { editable: ["input.items", "input.list", "input.note"] } }),
      effect("pay", { path: "/edited/${input.items[0]}" }),
    ],
    edges: [
      edge("each", "shape"),
      edge("shape", "small"),
      edge("shape", "other", "error"),
      edge("other", "pay", "approved"),
      edge("small", "pay", "approved"),
    ],
  });
  const id = await scene.start("edited", { items: [5], list: [1], note: "a" });
  const { approvals } = await scene.reached(id, "waiting_approval");
  expect(await approve(approvals[0].id, { items: [99999] })).toMatchObject(decidedBy("edits.items"));
  expect(await approve(approvals[0].id, { list: [] })).toMatchObject(decidedBy("edits.list"));
  expect((await approve(approvals[0].id, { note: "b" })).status).toBe(200);
  await scene.reached(id, "completed");
});

it("an approval inside a loop does not change what the loop goes through", async () => {
  await scene.publish("within", {
    startNodeId: "each",
    nodes: [
      {
        ...each("input.items.filter(i, i > 100)"),
        body: { startNodeId: "ask", nodes: [ask("ask", { policy: { editable: ["input.items"] } })], edges: [] },
      },
      effect("pay", { path: "/within/${input.items[1]}" }),
    ],
    edges: [edge("each", "pay")],
  });
  const id = await scene.start("within", { items: [200, 5] });
  const { approvals } = await scene.reached(id, "waiting_approval");
  expect(await approve(approvals[0].id, { items: [200, 99999] })).toMatchObject(decidedBy("edits.items"));
});

it("a run of an old version that asks for less takes no correction where publishing is reviewed", async () => {
  const spec = {
    startNodeId: "limit",
    nodes: [
      { id: "limit", type: "condition", expression: "input.amount > vars.limit" },
      ask("ask", { name: "Manager" }),
      effect("pay", { path: "/lax/${input.to}" }),
    ],
    edges: [edge("limit", "ask", "true"), edge("limit", "pay", "false"), edge("ask", "pay", "approved")],
  };
  const id = await unpaid("lax", spec, { amount: 900, to: "5" }, { limit: 1000 });
  expect((await scene.call("PATCH", "/api/workflows/lax", { config: { variables: { limit: 100 } } })).status).toBe(200);
  expect((await scene.call("POST", "/api/workflows/lax/publish")).status).toBe(200);
  await scene.database.pool.query("update workflows set review_required = true where slug = 'lax'");
  const refused = await retry(id, { patch: { to: "6" } });
  expect([refused.status, refused.json.error.code]).toEqual([409, "review_required"]);
  expect(refused.json.error.message).toContain('"Manager"');
});
