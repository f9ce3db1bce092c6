import { afterAll, beforeAll, expect, it } from "vitest";
import { readRun, readSteps, startTestRun } from "./runtime.testkit";
import { call, createScene, edges, type Scene } from "./scene.testkit";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterAll(() => scene.close());

it("B-16 K14 an error path and later steps read what the service said beside its body", async () => {
  scene.answers.set("/refuses", { status: 422, body: { fields: { email: "taken" } } });
  const flow = await scene.workflow({
    startNodeId: "good",
    nodes: [
      call("good", "/good"),
      call("bad", "/refuses", { retry: { maxAttempts: 1 } }),
      {
        id: "tell",
        type: "output",
        output: {
          status: "${step.bad.error.status}",
          field: "${step.bad.error.body.fields.email}",
          type: "${step.bad.error.headers['content-type']}",
          same: "${step.bad.response.status}",
          good: "${step.good.response.status}",
          header: "${step.good.response.headers['content-type']}",
          none: "${step.good.error == null}",
        },
      },
    ],
    edges: edges(["good", "bad"], ["bad", "tell", "error"]),
  });
  const id = await startTestRun(scene.worker, flow);
  await scene.finished(id);
  expect(await readRun(scene.database.pool, id)).toMatchObject({
    status: "completed",
    output: {
      status: 422,
      field: "taken",
      type: "application/json",
      same: 422,
      good: 200,
      header: "application/json",
      none: true,
    },
  });
  // Kept once, with the step: neither the reducer's own record nor the attempts repeat it.
  const bad = await scene.database.pool.query<{ row: object }>(
    "select to_jsonb(s) as row from step_runs s where run_id = $1 and key = 'bad'",
    [id],
  );
  expect(bad.rows[0]?.row).toMatchObject({
    status: "failed",
    error: { code: "http_4xx", status: 422, body: { fields: { email: "taken" } } },
    attempts: [{ n: 1, error: { code: "http_4xx" } }],
  });
  expect(JSON.stringify(bad.rows).split("taken")).toHaveLength(2);
});

it("7 the error of a loop carries what the service answered, as that of a call does; a refused step keeps its warnings", async () => {
  scene.answers.set("/turns-away", { status: 422, body: { fields: { email: "taken" } } });
  const hit = call("hit", "/turns-away", { retry: { maxAttempts: 1 }, headers: { "Idempotency-Key": "mine" } });
  const flow = await scene.workflow({
    startNodeId: "each",
    nodes: [
      { id: "each", type: "loop", items: "${[1]}", body: { startNodeId: "hit", nodes: [hit], edges: [] } },
      {
        id: "tell",
        type: "output",
        output: { status: "${step.each.error.status}", field: "${step.each.error.body.fields.email}" },
      },
    ],
    edges: edges(["each", "tell", "error"]),
  });
  const id = await startTestRun(scene.worker, flow);
  await scene.finished(id);
  expect(await readRun(scene.database.pool, id)).toMatchObject({ output: { status: 422, field: "taken" } });
  const refused = (await readSteps(scene.database.pool, id)).find((step) => step.key === "hit[0]");
  expect(refused).toMatchObject({ status: "failed", warnings: [expect.stringMatching(/idempotency-key/i)] });
});
