import { it } from "vitest";
import { eventually, readRun, startTestRun } from "./runtime.testkit";
import { call, createScene, edges } from "./scene.testkit";
it("dbg", { timeout: 100000 }, async () => {
  const scene = await createScene();
  const flow = await scene.workflow(
    {
      startNodeId: "charge",
      nodes: [call("charge", "/slow-charge", { repeatable: "unsafe" }), call("after")],
      edges: edges(["charge", "after"]),
    },
    { timeoutMs: 200 },
  );
  for (let i = 0; i < 12; i += 1) { let bad = false;
  const id = await startTestRun(scene.worker, flow);
  const asked = await scene.openWaitpoint(id);
  scene.release();
  await scene.resolve(flow.organizationId, asked.id, "returned", { resolution: "retry" });
  await scene.finished(id);
  await scene.control(flow, id, "retry");
  await eventually(
    async () => {
      scene.release();
      return readRun(scene.database.pool, id);
    },
    (run) => run["status"] === "completed",
    3000,
  ).catch((e: unknown) => {
    bad = true; console.log(String(e));
  });
  console.log(
    (
      await scene.database.pool.query(
        "select key,status,attempt,generation,superseded,duration_ms,started_at,ended_at,engine,error from step_runs where run_id=$1",
        [id],
      )
    ).rows,
  );
  console.log(
    (await scene.database.pool.query("select id,kind,status,consumed,outcome from waitpoints where run_id=$1", [id]))
      .rows,
    scene.callsOf(id),
  );
  }
  await scene.close();
});
