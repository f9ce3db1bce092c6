import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { createDrivers } from "./drivers.testkit";
import { readRun, startTestRun } from "./runtime.testkit";
import { call, edges } from "./scene.testkit";
import { createTurnScene, type TurnScene } from "./turns.testkit";

let scene: TurnScene;
beforeAll(async () => {
  scene = await createTurnScene();
});
afterAll(() => scene.close());

/** A loop in a loop, each over `input.list`, with a transform inside and a call beside and behind them. */
const squared = {
  startNodeId: "outer",
  nodes: [
    {
      id: "outer",
      type: "loop",
      items: "input.list",
      body: {
        startNodeId: "inner",
        nodes: [
          {
            id: "inner",
            type: "loop",
            items: "input.list",
            body: {
              startNodeId: "name",
              nodes: [{ id: "name", type: "transform", expression: "${item}" }],
              edges: [],
            },
          },
        ],
        edges: [],
      },
    },
    call("after"),
  ],
  edges: edges(["outer", "after"]),
};

const list = (length: number): number[] => Array.from({ length }, (_, index) => index);
const start = (flow: Awaited<ReturnType<TurnScene["workflow"]>>, input: JsonObject) => startTestRun(scene, flow, input);
const steps = async (id: string): Promise<number> => {
  const { rows } = await scene.database.pool.query<{ n: string }>(
    "select count(*) as n from step_runs where run_id = $1",
    [id],
  );
  return Number(rows[0]?.n);
};

it("H7 a run with much to do commits its share, lets go, and goes on to its end", async () => {
  const flow = await scene.workflow(squared);
  const id = await start(flow, { list: list(40) });
  const turns = scene.process();
  const first = await turns.begin({ runId: id, generation: 1, driverId: "d" }, { id: "begin", turn: 0 });
  expect(first).toMatchObject({ next: [], end: "rest" });
  expect(await steps(id)).toBeLessThanOrEqual(600);
  expect(await readRun(scene.database.pool, id)).toMatchObject({ status: "running", busy: true });
  // Another process, which has only the journal, takes the rest.
  await createDrivers(scene.database.pool, scene.process(), scene.clock).settle();
  expect(await readRun(scene.database.pool, id)).toMatchObject({ status: "completed" });
  expect(await steps(id)).toBe(1 + 40 + 1_600 + 1);
  expect(scene.callsOf(id)).toEqual(["after"]);
});

it.each([1, 2, 3, 4])("H7 a driver that dies after step %i of such a run loses nothing", async (afterBodies) => {
  const flow = await scene.workflow(squared);
  const id = await start(flow, { list: list(30) });
  const crashes = { afterBodies, forget: "all" as const };
  await createDrivers(scene.database.pool, scene.process(), scene.clock, crashes).settle();
  expect(await readRun(scene.database.pool, id)).toMatchObject({ status: "completed" });
  expect(await steps(id)).toBe(1 + 30 + 900 + 1);
  expect(scene.callsOf(id)).toEqual(["after"]);
});

it("H7 a cancel is heard between two shares", async () => {
  const flow = await scene.workflow(squared);
  const id = await start(flow, { list: list(40) });
  const turns = scene.process();
  const target = { runId: id, generation: 1, driverId: "d" };
  await turns.begin(target, { id: "begin", turn: 0 });
  await scene.store.control({
    id,
    org: flow.organizationId,
    verb: "cancel",
    from: ["running"],
    supersede: [],
    actor: { name: "Kim" },
    eventId: crypto.randomUUID(),
    reason: null,
  });
  const before = await steps(id);
  expect(await turns.rest(target, "rest:1")).toMatchObject({ end: "stopped" });
  expect(await steps(id)).toBe(before);
  expect(await readRun(scene.database.pool, id)).toMatchObject({ status: "cancelled" });
});

it("H7 a run of more than 50,000 steps fails with what to do", { timeout: 240_000 }, async () => {
  const flow = await scene.workflow(squared);
  const id = await start(flow, { list: list(230) });
  await createDrivers(scene.database.pool, scene.process(), scene.clock).settle();
  expect(await readRun(scene.database.pool, id)).toMatchObject({
    status: "failed",
    failure_reason: "too_many_steps",
    error: { message: expect.stringContaining("Shorten the lists") },
  });
  expect(await steps(id)).toBe(50_000);
});

it("R11 a commit ends with the bytes of its steps as well, and what is left is committed by the next ones", async () => {
  const ids = Array.from({ length: 12 }, (_, at) => `s${String(at)}`);
  const flow = await scene.workflow({
    startNodeId: "s0",
    nodes: ids.map((id) => ({ id, type: "transform", expression: "${input.text}" })),
    edges: edges(...ids.slice(1).map((to, at): [string, string] => [`s${String(at)}`, to])),
  });
  // Each step keeps what it saw and what it answers: more than a megabyte of the two that a commit takes.
  const id = await start(flow, { text: "x".repeat(300_000) });
  const target = { runId: id, generation: 1, driverId: "d" };
  const first = await scene.process().begin(target, { id: "begin", turn: 0 });
  expect(first).toMatchObject({ next: [], end: "rest" });
  expect(await steps(id)).toBe(2);
  await createDrivers(scene.database.pool, scene.process(), scene.clock).settle();
  expect(await readRun(scene.database.pool, id)).toMatchObject({ status: "completed" });
  expect(await steps(id)).toBe(12);
});
