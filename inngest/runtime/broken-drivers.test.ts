import { afterAll, beforeAll, expect, it } from "vitest";
import { sweepRuns } from "@/server/modules/runs/sweep-store";
import { createDrivers } from "./drivers.testkit";
import { readRun, readSteps, startTestRun } from "./runtime.testkit";
import { call, edges } from "./scene.testkit";
import { createTurnScene, type TurnScene } from "./turns.testkit";

let scene: TurnScene;
beforeAll(async () => {
  scene = await createTurnScene();
});
afterAll(() => scene.close());

const sql = (text: string, values: unknown[]) => scene.database.pool.query(text, values);
const silence = (id: string) =>
  sql(
    "update runs set heartbeat_at = now() - interval '3 hours', created_at = now() - interval '4 hours' where id = $1",
    [id],
  );
const forgetEvents = () => sql("delete from event_outbox", []);

it("3.3 a dead driver is replaced although another branch waits for a person", async () => {
  const flow = await scene.workflow({
    startNodeId: "a",
    nodes: [call("a"), { id: "ask", type: "approval", assignTo: "role:manager" }, call("work"), call("more")],
    edges: edges(["a", "ask"], ["a", "work"], ["work", "more"]),
  });
  const id = await startTestRun(scene, flow);
  const turns = scene.process();
  const target = { runId: id, generation: 1, driverId: "d" };
  await forgetEvents();
  await turns.effect(target, { key: "a", nodeId: "a", iteration: "", attempt: 1, seq: 0 }, "a#1");
  // Its driver dies here: `work` was handed out and nobody makes the call.
  expect(await readRun(scene.database.pool, id)).toMatchObject({ status: "waiting_approval", busy: true });
  expect((await sweepRuns(scene.database.pool)).revived).toEqual([]);
  await silence(id);
  expect((await sweepRuns(scene.database.pool)).revived).toEqual([id]);
  await createDrivers(scene.database.pool, scene.process(), scene.clock).settle();
  expect(scene.callsOf(id)).toEqual(["a", "work", "more"]);
  expect(await readRun(scene.database.pool, id)).toMatchObject({
    status: "waiting_approval",
    busy: false,
    revivals: 0,
  });
});

it("R4 a driver that shows life while it is taken for dead goes on alone", async () => {
  const flow = await scene.workflow({ startNodeId: "a", nodes: [call("a")], edges: [] });
  const id = await startTestRun(scene, flow);
  await forgetEvents();
  await silence(id);
  // The sweeper has looked; before it acts, the driver is called again and says that it is there.
  expect(await scene.store.heartbeat(id, 1)).toBe(true);
  const { rows } = await sql("select hot_batch($1) as answers", [
    JSON.stringify([{ k: "revive", a: { r: id, g: 1, silent: 600 } }]),
  ]);
  expect(rows).toEqual([{ answers: [{ ok: false }] }]);
  expect(await readRun(scene.database.pool, id)).toMatchObject({ generation: 1, revivals: 0 });
});

it("R4 a call that is made again after its run was given to another driver is not made", async () => {
  const flow = await scene.workflow({ startNodeId: "a", nodes: [call("a"), call("b")], edges: edges(["a", "b"]) });
  const id = await startTestRun(scene, flow);
  const turns = scene.process();
  await forgetEvents();
  const target = { runId: id, generation: 1, driverId: "d" };
  const { next, seq } = await turns.effect(target, { key: "a", nodeId: "a", iteration: "", attempt: 1, seq: 0 }, "a#1");
  await silence(id);
  expect((await sweepRuns(scene.database.pool)).revived).toEqual([id]);
  const [b] = next;
  if (!b) throw new Error("nothing follows");
  const again = await turns.effect({ ...target, isRepeated: true }, { ...b, seq }, "b#1");
  expect(again.next).toEqual([]);
  expect(scene.callsOf(id)).toEqual(["a"]);
  expect(await scene.store.heartbeat(id, 1)).toBe(false);
});

it("3.3 a wake-up that nobody heeds ends with a new driver", async () => {
  const flow = await scene.workflow({
    startNodeId: "ask",
    nodes: [{ id: "ask", type: "approval", assignTo: "role:manager" }, call("act")],
    edges: edges(["ask", "act", "approved"]),
  });
  const id = await startTestRun(scene, flow);
  await createDrivers(scene.database.pool, scene.process(), scene.clock).settle();
  const [asked] = await scene.open(id);
  await scene.resolve(flow, asked?.id ?? "", "approved");
  await forgetEvents();
  await sql("update waitpoints set resolved_at = now() - interval '2 minutes' where run_id = $1", [id]);
  await silence(id);
  // It is parked: first the wake-up is sent again; nobody takes it.
  expect(await sweepRuns(scene.database.pool)).toMatchObject({ woken: 1, revived: [] });
  await forgetEvents();
  await sql("update runs set heartbeat_at = now() - interval '3 hours' where id = $1", [id]);
  await sql("update waitpoints set consumed = true where run_id <> $1", [id]);
  const { revived } = await sweepUnheeded();
  expect(revived).toEqual([id]);
  await createDrivers(scene.database.pool, scene.process(), scene.clock).settle();
  expect(await readRun(scene.database.pool, id)).toMatchObject({ status: "completed", generation: 2 });
  expect(scene.callsOf(id)).toEqual(["act"]);

  /** As if the wake-up that the sweep itself sends were taken and lost again before it looks for the dead. */
  async function sweepUnheeded() {
    await sql(
      "create or replace rule no_wakes as on insert to event_outbox where new.name = 'run/wake' do instead nothing",
      [],
    );
    try {
      return await sweepRuns(scene.database.pool);
    } finally {
      await sql("drop rule no_wakes on event_outbox", []);
    }
  }
});

it("3.3 a run that breaks every driver fails in the end, with a reason a person can read, and can be retried", async () => {
  const flow = await scene.workflow({ startNodeId: "a", nodes: [call("a")], edges: [] });
  const id = await startTestRun(scene, flow);
  await forgetEvents();
  const pauses: number[] = [];
  for (let generation = 1; generation <= 5; generation += 1) {
    await scene.process().revive({ runId: id, generation });
    // Only the generation that broke counts, once.
    await scene.process().revive({ runId: id, generation });
    const { rows } = await scene.database.pool.query<{ pause: number }>(
      "delete from event_outbox where name = 'run/requested' returning round(extract(epoch from due_at - created_at))::int as pause",
    );
    pauses.push(...rows.map(({ pause }) => pause));
  }
  expect(pauses).toEqual([0, 5, 30, 120, 600]);
  await scene.process().revive({ runId: id, generation: 6 });
  const run = await readRun(scene.database.pool, id);
  expect(run).toMatchObject({ status: "failed", failure_reason: "driver_failed", parked_by: null });
  expect(run["error"]).toMatchObject({ code: "driver_failed", message: expect.stringContaining("Retry the run") });
  expect(run["ended_at"]).not.toBeNull();
  expect((await sweepRuns(scene.database.pool)).revived).toEqual([]);
  await scene.store.control({
    id,
    org: flow.organizationId,
    verb: "retry",
    from: ["failed"],
    supersede: [],
    actor: { name: "Kim" },
    eventId: crypto.randomUUID(),
    reason: null,
  });
  await createDrivers(scene.database.pool, scene.process(), scene.clock).settle();
  expect(await readRun(scene.database.pool, id)).toMatchObject({ status: "completed", revivals: 0, error: null });
});

it("H7 a run that took three workers down is not given a fourth; it can be opened, and retried", async () => {
  const flow = await scene.workflow({ startNodeId: "a", nodes: [call("a")], edges: [] });
  const id = await startTestRun(scene, flow);
  await scene.process().revive({ runId: id, generation: 1, isPoisoned: true });
  const run = await readRun(scene.database.pool, id);
  expect(run).toMatchObject({ status: "failed", failure_reason: "poisoned", busy: false });
  expect(run["error"]).toMatchObject({ code: "poisoned", message: expect.stringContaining("took down three workers") });
  const { rows } = await sql("select type, data from run_events where run_id = $1 order by seq desc limit 1", [id]);
  expect(rows).toEqual([{ type: "run.failed", data: { reason: "poisoned" } }]);
});

it("3.18 what waits in a queue is not dead, however long", async () => {
  const flow = await scene.workflow({ startNodeId: "a", nodes: [call("a")], edges: [] });
  const [inOutbox, inExecutor, dead] = await Promise.all([1, 2, 3].map(() => startTestRun(scene, flow)));
  await sql("delete from event_outbox where data->>'runId' = any($1)", [[inExecutor, dead]]);
  const driver = crypto.randomUUID();
  await sql("insert into exec_runs (id, function_id, events) values ($1, 'run-workflow', $2)", [
    driver,
    JSON.stringify([{ name: "run/requested", data: { runId: inExecutor, generation: 1 } }]),
  ]);
  await sql("insert into exec_jobs (exec_run, step_id, fence) values ($1, 'step', 1)", [driver]);
  for (const id of [inOutbox, inExecutor, dead]) await silence(id ?? "");
  expect((await sweepRuns(scene.database.pool)).revived).toEqual([dead]);
});

it("B-1 a call that was cut off is made again once, under the same key, and the record says so", async () => {
  const flow = await scene.workflow({ startNodeId: "a", nodes: [call("a")], edges: [] });
  const id = await startTestRun(scene, flow);
  await forgetEvents();
  const never = scene.process(({ executors }) => ({
    executors: { ...executors, service_call: { execute: () => new Promise(() => undefined) } },
  }));
  const target = { runId: id, generation: 1, driverId: "d" };
  const place = { key: "a", nodeId: "a", iteration: "", attempt: 1, seq: 0 };
  // When its time is up this process, which is gone for all others, finds no database any more.
  never.effect(target, place, "a#1").catch(() => undefined);
  await expect
    .poll(async () => (await readSteps(scene.database.pool, id)).map(({ status }) => status))
    .toEqual(["running"]);
  expect(await scene.process().effect(target, place, "a#1")).toMatchObject({ end: "finished" });
  expect(scene.calls.filter(({ key }) => key === `${id}:a`)).toHaveLength(1);
  const { rows } = await scene.database.pool.query("select attempts from step_runs where run_id = $1", [id]);
  expect(rows).toEqual([{ attempts: [expect.objectContaining({ n: 1, interrupted: true })] }]);
  const events = await scene.database.pool.query("select type from run_events where run_id = $1", [id]);
  expect(events.rows).toContainEqual({ type: "step.repeated" });
});
