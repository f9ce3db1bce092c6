import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { createRunsScene, edge, effect, type RunsScene } from "./runs.testkit";

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
});
afterAll(() => scene.close());

const retry = (id: string, body: JsonObject) => scene.call("POST", `/api/v1/runs/${id}/retry`, body);
const decidedBy = (path: string) => ({ status: 422, json: { error: { details: [{ code: "decided_by", path }] } } });
const ask = (id: string, more: object = {}) => ({ id, type: "approval", assignTo: "role:owner", ...more });

it("whoever approves the small one does not make it a large one that others would have been asked about", async () => {
  await scene.publish("two-sizes", {
    startNodeId: "limit",
    nodes: [
      { id: "limit", type: "condition", expression: "input.amount > 100" },
      ask("large"),
      ask("small", { policy: { editable: ["input.amount", "input.note"] } }),
      effect("pay", { path: "/sizes/${input.amount}" }),
      ask("later"),
    ],
    edges: [
      edge("limit", "large", "true"),
      edge("limit", "small", "false"),
      edge("large", "pay", "approved"),
      edge("small", "pay", "approved"),
      edge("pay", "later"),
    ],
  });
  const id = await scene.start("two-sizes", { amount: 50, note: "a" });
  const { approvals } = await scene.reached(id, "waiting_approval");
  const approve = (edits: JsonObject) => scene.call("POST", `/api/v1/approvals/${approvals[0].id}/approve`, { edits });
  expect(await approve({ amount: 999 })).toMatchObject(decidedBy("edits.amount"));
  // What decided nothing may be changed, whatever else will be asked later.
  expect((await approve({ note: "b" })).status).toBe(200);
  await scene.reached(id, "waiting_approval");
  expect(scene.called).toContain("/sizes/50");
  expect(scene.called).not.toContain("/sizes/999");
});

it("a check that went well is no check of somebody else", async () => {
  await scene.publish("checked", {
    startNodeId: "check",
    nodes: [
      effect("check", { path: "/check/${input.who}" }),
      ask("ask"),
      effect("pay", { path: "/checked/${input.who}" }),
    ],
    edges: [edge("check", "pay"), edge("check", "ask", "error"), edge("ask", "pay", "approved")],
  });
  scene.broken.add("/checked/good");
  const id = await scene.start("checked", { who: "good" });
  await scene.reached(id, "failed");
  expect(await retry(id, { patch: { who: "bad" } })).toMatchObject(decidedBy("patch.who"));
  scene.broken.add("/check/bad");
  expect((await retry(id, { from_step: "check", patch: { who: "bad" } })).status).toBe(200);
  await scene.reached(id, "waiting_approval");
  expect(scene.called).not.toContain("/checked/bad");
});

it("an item that was small is not made large behind what decided about it", async () => {
  await scene.publish("items", {
    startNodeId: "each",
    nodes: [
      {
        id: "each",
        type: "loop",
        items: "${input.items}",
        itemName: "entry",
        body: {
          startNodeId: "limit",
          nodes: [
            { id: "limit", type: "condition", expression: "entry > 100" },
            ask("ask"),
            effect("pay", { path: "/entries/${entry}" }),
          ],
          edges: [edge("limit", "ask", "true"), edge("limit", "pay", "false"), edge("ask", "pay", "approved")],
        },
      },
    ],
    edges: [],
  });
  scene.broken.add("/entries/50");
  const id = await scene.start("items", { items: [50] });
  await scene.reached(id, "failed");
  expect(await retry(id, { patch: { items: [999] } })).toMatchObject(decidedBy("patch.items"));
  expect(await retry(id, { from_step: "pay", patch: { items: [999] } })).toMatchObject(decidedBy("patch.items"));
  expect((await retry(id, { from_step: "each", patch: { items: [999] } })).status).toBe(200);
  await scene.reached(id, "waiting_approval");
  expect(scene.called).not.toContain("/entries/999");
});

it("a value that is read by its bare name was approved as well", async () => {
  await scene.publish("named", {
    startNodeId: "ask",
    nodes: [ask("ask"), effect("pay", { path: "/named/${amount}" })],
    edges: [edge("ask", "pay", "approved")],
  });
  scene.broken.add("/named/5");
  const id = await scene.start("named", { amount: 5 });
  const { approvals } = await scene.reached(id, "waiting_approval");
  expect((await scene.call("POST", `/api/v1/approvals/${approvals[0].id}/approve`, {})).status).toBe(200);
  await scene.reached(id, "failed");
  expect((await retry(id, { patch: { amount: 99999 } })).status).toBe(200);
  await scene.reached(id, "waiting_approval");
  expect(scene.called).not.toContain("/named/99999");
});

it("an approval that may still come, or not, is none that will be asked", async () => {
  await scene.publish("maybe", {
    startNodeId: "limit",
    nodes: [
      { id: "limit", type: "condition", expression: "amount > 100" },
      ask("small", { policy: { editable: ["input.amount"] } }),
      { id: "vip", type: "condition", expression: "input.vip" },
      ask("large"),
      effect("pay", { path: "/maybe/${amount}" }),
    ],
    edges: [
      edge("limit", "large", "true"),
      edge("limit", "small", "false"),
      edge("small", "vip", "approved"),
      edge("vip", "large", "true"),
      edge("vip", "pay", "false"),
      edge("large", "pay", "approved"),
    ],
  });
  const id = await scene.start("maybe", { amount: 5, vip: false });
  const { approvals } = await scene.reached(id, "waiting_approval");
  const edits = { amount: 99999 };
  const answer = await scene.call("POST", `/api/v1/approvals/${approvals[0].id}/approve`, { edits });
  expect(answer).toMatchObject(decidedBy("edits.amount"));
});
