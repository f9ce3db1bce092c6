import { afterAll, beforeAll, expect, it } from "vitest";
import { readId } from "@/core/ids";
import { hashOf } from "./audited-values";
import { createRunsScene, edge, effect, type RunsScene } from "./runs.testkit";

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
});
afterAll(() => scene.close());

it("B-41 M11 the audit log says that something sensitive was changed, with a hash that proves the value, and never the value", async () => {
  await scene.publish("changed", {
    startNodeId: "file",
    nodes: [
      { id: "file", type: "transform", expression: { code: "${input.person.code}" }, sensitive: ["code"] },
      {
        id: "ask",
        type: "approval",
        assignTo: "role:owner",
        policy: { editable: ["input.person.code", "input.note"] },
      },
      effect("tell", { body: { code: "${input.person.code}", note: "${input.note}" } }),
    ],
    edges: [edge("file", "ask"), edge("ask", "tell", "approved")],
  });
  scene.broken.add("/tell");
  const id = await scene.start("changed", { person: { code: "kestrel-plover", city: "Lisbon" }, note: "north wing" });
  const waiting = await scene.reached(id, "waiting_approval");
  const edits = { "input.person.code": "heron-bittern", "input.note": "south wing" };
  const approved = await scene.call("POST", `/api/v1/approvals/${waiting.approvals[0].id}/approve`, { edits });
  expect(approved.status, JSON.stringify(approved.json)).toBe(200);
  await scene.reached(id, "failed");
  const patch = { person: { code: "curlew-avocet", city: "Porto" }, note: "east wing" };
  const retried = await scene.call("POST", `/api/v1/runs/${id}/retry`, { from_step: "file", patch });
  expect(retried.status, JSON.stringify(retried.json)).toBe(200);
  await scene.reached(id, "waiting_approval");
  const runId = readId("run", id) ?? id;
  const { rows } = await scene.database.pool.query<{ action: string; data: object }>(
    "select action, data from audit_entries where data ?| '{edits,patch}' order by id",
  );
  const hash = (code: string) => `•••• ${hashOf(runId, [code])}`;
  expect(rows).toMatchObject([
    {
      action: "approval.approved",
      data: { edits: { person: { code: hash("heron-bittern"), city: "Lisbon" }, note: "south wing" } },
    },
    {
      action: "run.retry",
      data: { patch: { person: { code: hash("curlew-avocet"), city: "Porto" }, note: "east wing" } },
    },
  ]);
  const { rows: all } = await scene.database.pool.query("select data, payload_hash from audit_entries");
  const log = await scene.call("GET", "/api/v1/audit?limit=200");
  expect(JSON.stringify([all, log.json])).not.toMatch(/kestrel-plover|heron-bittern|curlew-avocet/);
  // What runs is what was given.
  const { rows: run } = await scene.database.pool.query("select input_edits from runs where id = $1", [runId]);
  expect(run).toEqual([{ input_edits: patch }]);
});
