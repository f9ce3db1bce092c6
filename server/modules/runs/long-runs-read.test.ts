import { afterAll, beforeAll, expect, it } from "vitest";
import { createRunsScene, edge, effect, type RunsScene } from "./runs.testkit";

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
});
afterAll(() => scene.close());

const rounds = 5_000;

it("K17 a run with 5,000 iterations is read in pages, and each of its values once", async () => {
  const body = { startNodeId: "say", nodes: [{ id: "say", type: "transform", expression: "${item}" }], edges: [] };
  const each = { id: "each", type: "loop", items: "${input.list}", body };
  await scene.publish("long", { startNodeId: "each", nodes: [each, effect("after")], edges: [edge("each", "after")] });
  const id = await scene.start("long", { list: ["x".repeat(200)] });
  await scene.reached(id, "completed");
  // What 5,000 rounds leave: as many rows, and all of them once more in the loop's own output.
  const said = "y".repeat(400);
  await scene.database.pool.query(
    `insert into step_runs (run_id, key, seq, generation, id, organization_id, node_id, iteration, name, type, status, output)
     select run_id, 'say[' || n || ']', 1000 + n, 1, gen_random_uuid(), organization_id, 'say', n::text, name, type, status, to_jsonb($2::text)
     from step_runs, generate_series(1, $3) n where run_id = (select id from runs where show_id('run', id) = $1 or id::text = $1) and key = 'say[0]'`,
    [id, said, rounds - 1],
  );
  await scene.database.pool.query(
    `update step_runs set output = (select jsonb_agg($2::text) from generate_series(1, $3))
     where run_id = (select id from runs where show_id('run', id) = $1 or id::text = $1) and key = 'each'`,
    [id, said, rounds],
  );
  const { json } = await scene.call("GET", `/api/v1/runs/${id}`);
  expect(JSON.stringify(json).length).toBeLessThan(250_000);
  expect(json.steps).toHaveLength(102);
  expect(json.more_steps).toEqual({ count: rounds - 100, after: expect.any(Number) });
  const loop = json.steps.find((step: { node_id: string }) => step.node_id === "each");
  expect(loop).toMatchObject({ cut: ["output"], output: { truncated: true, start: expect.any(String) } });
  // All of it by its own route, and every iteration in some page.
  const whole = await scene.call("GET", `/api/v1/runs/${id}/steps/${loop.id}`);
  expect(whole.json.output).toHaveLength(rounds);
  const seen = new Set<string>();
  for (let after: number | null = 0; after !== null;) {
    const page = await scene.call("GET", `/api/v1/runs/${id}/steps?after=${String(after)}&limit=200`);
    expect(page.json.steps.length).toBeLessThanOrEqual(200);
    for (const step of page.json.steps) seen.add(step.iteration);
    after = page.json.next_after;
  }
  expect(seen.size).toBe(rounds);
});
