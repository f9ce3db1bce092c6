import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import { eventually, readRun, startTestRun, type TestWorkflow } from "./runtime.testkit";
import { call, createScene, edges, isOver, type Scene } from "./scene.testkit";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterAll(() => scene.close());

interface Case {
  /** Steps in a row; those in `side` stand in a branch of their own. */
  steps: number;
  side: number;
  /** Which of them fail at first, and so the run until it is retried. */
  broken: number[];
}

const cases = fc
  .record({ steps: fc.integer({ min: 2, max: 5 }), side: fc.integer({ min: 0, max: 2 }) })
  .chain(({ steps, side }) =>
    fc.record({
      steps: fc.constant(steps),
      side: fc.constant(side),
      broken: fc.uniqueArray(fc.integer({ min: 0, max: steps - 1 }), { maxLength: 3 }),
    }),
  );

const once = { retry: { maxAttempts: 1 } };
const document = (name: string, { steps, side }: Case): JsonObject => {
  const [main, beside] = [ids("m", steps), ids("s", side)];
  return {
    startNodeId: "go",
    nodes: [
      { id: "go", type: "start" },
      ...[...main, ...beside].map((id) => call(id, `/${name}-${id}`, once)),
      { id: "sum", type: "transform", expression: { done: "${step.m0.output.path}" } },
    ],
    edges: edges(
      ["go", "m0"],
      ...pairs(main),
      ...(side > 0 ? ([["go", "s0"]] as [string, string][]) : []),
      ...pairs(beside),
      [`m${String(steps - 1)}`, "sum"],
    ),
  };
};
const ids = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${prefix}${String(at)}`);
const pairs = (list: string[]): [string, string][] =>
  list.slice(1).map((id, index): [string, string] => [list[index] ?? "", id]);

interface StoredEvent {
  seq: string;
  type: string;
  at: Date;
  data: unknown;
}
const eventsOf = async (id: string): Promise<StoredEvent[]> =>
  (
    await scene.database.pool.query<StoredEvent>(
      "select seq, type, at, data from run_events where run_id = $1 order by seq",
      [id],
    )
  ).rows;

it("A-2 A-6 B-4 events never change and are numbered by ones; a run restored at any snapshot calls no step of it again", async () => {
  let number = 0;
  await fc.assert(
    fc.asyncProperty(cases, async (drawn) => {
      const name = `h${String((number += 1))}`;
      const flow = await scene.workflow(document(name, drawn));
      const paths = drawn.broken.map((at) => `/${name}-m${String(at)}`);
      for (const path of paths) scene.answers.set(path, { status: 500 });
      const id = await startTestRun(scene.worker, flow);
      let known: StoredEvent[] = [];
      for (;;) {
        const run = await scene.finished(id);
        await scene.worker.executor.idle();
        const events = await eventsOf(id);
        expect(events.slice(0, known.length)).toEqual(known);
        expect(events.map(({ seq }) => Number(seq))).toEqual(events.map((_, index) => index + 1));
        expect(Number((await readRun(scene.database.pool, id))["event_seq"])).toBe(events.length);
        expect(events.map(({ at }) => at.getTime())).toEqual(
          events.map(({ at }) => at.getTime()).sort((a, b) => a - b),
        );
        expect(events.at(-1)?.type).toBe(`run.${String(run["status"])}`);
        known = events;
        if (run["status"] === "completed") break;
        // Where it failed is mended; the rest may fail yet.
        const { nodeId } = run["error"] as { nodeId: string };
        scene.answers.delete(`/${name}-${nodeId}`);
        await scene.control(flow, id, "retry");
      }
      await expectRestorable(flow, id, drawn);
    }),
    { numRuns: 8 },
  );
});

async function expectRestorable(flow: TestWorkflow, id: string, { steps, side }: Case): Promise<void> {
  const { rows: snapshots } = await scene.database.pool.query<{ id: string; seq: string; superseded: boolean }>(
    "select id, seq, superseded from step_runs where run_id = $1 and type = 'service_call' and status = 'completed' order by seq",
    [id],
  );
  expect(snapshots.filter(({ superseded }) => !superseded)).toHaveLength(steps + side);
  for (const snapshot of snapshots) {
    const position = Number(snapshot.seq);
    const kept = await keptKeys(id, position);
    const copy = await restore(flow, id, { position, snapshotId: snapshot.id });
    const run = await eventually(() => readRun(scene.database.pool, copy), isOver);
    expect(run["status"]).toBe("completed");
    const all = [...ids("m", steps), ...ids("s", side)];
    expect(scene.callsOf(copy).sort()).toEqual(all.filter((key) => !kept.has(key)).sort());
    const { rows } = await scene.database.pool.query<{ output: unknown }>(
      "select n.output from step_runs n join step_runs o on o.run_id = $1 and o.key = n.key and not o.superseded where n.run_id = $2 and n.key = 'sum' and n.output = o.output",
      [id, copy],
    );
    expect(rows).toHaveLength(1);
  }
  expect(await eventsOf(id)).toHaveLength(Number((await readRun(scene.database.pool, id))["event_seq"]));
}

async function keptKeys(id: string, position: number): Promise<Set<string>> {
  const { rows } = await scene.database.pool.query<{ key: string }>("select key from snapshot_rows($1, $2)", [
    id,
    position,
  ]);
  return new Set(rows.map(({ key }) => key));
}

async function restore(
  flow: TestWorkflow,
  source: string,
  snapshot: { position: number; snapshotId: string },
): Promise<string> {
  const { id } = await scene.worker.store.restoreRun({
    start: {
      id: newId(),
      organizationId: flow.organizationId,
      workflowId: flow.workflowId,
      versionId: flow.versionId,
      version: 1,
      triggerType: "api",
      input: {},
      ownerId: flow.ownerId,
      actor: { name: "Kim" },
      initiatedBy: null,
      restoredFrom: source,
      first: null,
    },
    snapshot: { source, nodeId: "x", nodeName: "X", inputEdits: null, without: [], askedAgain: [], ...snapshot },
  });
  return id;
}
