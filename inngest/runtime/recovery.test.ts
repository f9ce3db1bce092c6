import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { sweepRuns } from "@/server/modules/runs/sweep-store";
import { eventually, readRun, readSteps, startTestRun, startTestWorker } from "./runtime.testkit";
import { call, createScene, edges, type Scene } from "./scene.testkit";

const callsAtOnce = 16;
let scene: Scene;
beforeAll(async () => {
  scene = await createScene({ concurrency: callsAtOnce });
});
afterEach(() => {
  scene.release();
  scene.answers.clear();
});
afterAll(() => scene.close());

const count = async (sql: string, values: unknown[] = []) =>
  (await scene.database.pool.query(sql, values)).rowCount ?? 0;
const received = (runId: string, calls: number) =>
  eventually(
    () => Promise.resolve(scene.callsOf(runId)),
    (made) => made.length === calls,
  );

it("A-13 A-25 a run whose driver died gets a new one, and what the dead one still says is not recorded", async () => {
  const flow = await scene.workflow({
    startNodeId: "a",
    nodes: [call("a"), call("b", "/slow-b"), call("c")],
    edges: edges(["a", "b"], ["b", "c"]),
  });
  const id = await startTestRun(scene.worker, flow);
  await received(id, 2);
  await eventually(
    () => readSteps(scene.database.pool, id),
    (steps) => steps.some((step) => step.key === "b" && step.status === "running"),
  );
  for (const [table, column] of [
    ["jobs", "exec_run"],
    ["steps", "exec_run"],
    ["waits", "exec_run"],
    ["runs", "id"],
  ])
    await scene.database.pool.query(
      `delete from exec_${String(table)} where ${String(column)} in (select id from exec_runs where events->0->'data'->>'runId' = $1)`,
      [id],
    );
  expect(await sweepRuns(scene.database.pool)).toMatchObject({ revived: [] });
  await scene.database.pool.query(
    "update runs set heartbeat_at = now() - interval '2 minutes', created_at = now() - interval '5 minutes' where id = $1",
    [id],
  );
  expect(await sweepRuns(scene.database.pool)).toMatchObject({ revived: [id] });
  // The new driver begins with the step that has no outcome; the receiver sees the same key.
  await received(id, 3);
  expect(scene.callsOf(id)).toEqual(["a", "b", "b"]);
  scene.release();
  const run = await scene.finished(id);
  expect(run).toMatchObject({ status: "completed", generation: 2 });
  await scene.worker.executor.idle();
  expect(scene.callsOf(id)).toEqual(["a", "b", "b", "c"]);
  expect((await readSteps(scene.database.pool, id)).map((step) => [step.key, step.status])).toEqual(
    ["a", "b", "c"].map((key) => [key, "completed"]),
  );
  expect(await count("select 1 from receipts where run_id = $1 and key = 'b'", [id])).toBe(1);
  expect(await sweepRuns(scene.database.pool)).toMatchObject({ revived: [] });
});

it("two executors on one database share 40 runs, and no step runs twice", async () => {
  const flow = await scene.workflow({
    startNodeId: "a",
    nodes: [call("a", "/slow-shared"), call("b"), call("c")],
    edges: edges(["a", "b"], ["b", "c"]),
  });
  const second = await startTestWorker(scene.database, { concurrency: callsAtOnce, workerName: "second" });
  try {
    const commits = [vi.spyOn(scene.worker.store, "commit"), vi.spyOn(second.store, "commit")];
    const ids = await Promise.all(
      Array.from({ length: 40 }, (_, index) => startTestRun(index % 2 === 0 ? scene.worker : second, flow)),
    );
    const made = (): string[] => ids.flatMap((id) => scene.callsOf(id).map((key) => `${id}:${key}`));
    // One of them can hold only so many calls: more than that at once is the work of both.
    await eventually(
      () => Promise.resolve(made().length),
      (calls) => calls === 2 * callsAtOnce,
    );
    scene.release();
    await eventually(
      async () => {
        scene.release();
        return count("select 1 from runs where id = any($1) and status = 'completed'", [ids]);
      },
      (done) => done === 40,
    );
    expect(made()).toHaveLength(120);
    expect(new Set(made()).size).toBe(120);
    for (const spy of commits) expect(spy.mock.calls.length).toBeGreaterThanOrEqual(callsAtOnce);
    expect(
      await count("select 1 from step_runs where run_id = any($1) and status = 'completed' and attempt = 1", [ids]),
    ).toBe(120);
  } finally {
    await second.stop();
  }
});

it("100 waiting runs that are resolved at once all end, each with one call", async () => {
  const flow = await scene.workflow({
    startNodeId: "ask",
    nodes: [{ id: "ask", type: "approval", assignTo: "role:manager" }, call("act")],
    edges: edges(["ask", "act", "approved"]),
  });
  const ids = await Promise.all(Array.from({ length: 100 }, () => startTestRun(scene.worker, flow)));
  await eventually(
    () => count("select 1 from runs where id = any($1) and parked_by is not null", [ids]),
    (parked) => parked === 100,
  );
  const { rows } = await scene.database.pool.query<{ id: string }>(
    "select id from waitpoints where run_id = any($1) and status = 'open'",
    [ids],
  );
  const answers = await Promise.all(rows.map((row) => scene.resolve(flow.organizationId, row.id, "approved")));
  expect(answers.filter((answer) => answer["ok"] === true)).toHaveLength(100);
  await eventually(
    () => count("select 1 from runs where id = any($1) and status = 'completed'", [ids]),
    (done) => done === 100,
  );
  expect(ids.flatMap((id) => scene.callsOf(id))).toEqual(Array.from({ length: 100 }, () => "act"));
  expect(ids.filter((id) => scene.callsOf(id).length !== 1)).toEqual([]);
});

it("3.3 a driver that fails for good is replaced by another", async () => {
  const quick = await startTestWorker(scene.database, {
    concurrency: callsAtOnce,
    workerName: "q",
    retryDelays: () => 1,
  });
  await scene.worker.executor.stop();
  try {
    const flow = await scene.workflow({ startNodeId: "a", nodes: [call("a")], edges: [] });
    // The version cannot be read: every call of the driver throws.
    const id = await startTestRun(quick, { ...flow, versionId: crypto.randomUUID() });
    const run = await eventually(
      () => readRun(scene.database.pool, id),
      (seen) => Number(seen["generation"]) > 2,
      60_000,
    );
    expect(run).toMatchObject({ revivals: 2, status: "pending" });
  } finally {
    await quick.stop();
  }
});
