import { afterAll, beforeAll, expect, it } from "vitest";
import { createRunsScene, edge, type RunsScene } from "./runs.testkit";

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
});
afterAll(() => scene.close());

const email = "owner@north.holdpoint.test";

it("B-58 steps after an approval read the e-mail address of who decided it", async () => {
  await scene.publish("asks", {
    startNodeId: "ask",
    nodes: [
      { id: "ask", type: "approval", assignTo: email, actionLabel: "Go on?" },
      { id: "said", type: "output", output: { by: "${step.ask.output.decidedBy.email}" } },
    ],
    edges: [edge("ask", "said", "approved")],
  });
  const id = await scene.start("asks");
  const { approvals } = await scene.reached(id, "waiting_approval");
  expect(await scene.call("POST", `/api/v1/approvals/${approvals[0].id}/approve`, {})).toMatchObject({ status: 200 });
  expect(await scene.reached(id, "completed")).toMatchObject({ output: { by: email } });
});

it("B-66 a paused run of which a step is still under way is not hibernated", async () => {
  await scene.publish("waits", {
    startNodeId: "nap",
    nodes: [{ id: "nap", type: "wait", duration: "P1D" }],
    edges: [],
  });
  const id = await scene.start("waits");
  await scene.reached(id, "waiting_async");
  expect(await scene.call("POST", `/api/v1/runs/${id}/pause`, {})).toMatchObject({ json: { hibernated: true } });
  // As a driver leaves it that has handed out a call.
  await scene.database.pool.query("update runs set busy = true where id::text = $1 or show_id('run', id) = $1", [id]);
  expect(await scene.call("GET", `/api/v1/runs/${id}`)).toMatchObject({
    json: { status: "paused", hibernated: false },
  });
});
