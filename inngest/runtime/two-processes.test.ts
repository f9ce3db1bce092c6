import { afterAll, beforeAll, expect, it } from "vitest";
import type { TurnMemo } from "./commit-turn";
import { readRun, readSteps, startTestRun } from "./runtime.testkit";
import { call, edges } from "./scene.testkit";
import { createTurnScene, type TurnScene } from "./turns.testkit";

let scene: TurnScene;
beforeAll(async () => {
  scene = await createTurnScene();
});
afterAll(() => scene.close());

const placeOf = ({ next, seq }: TurnMemo) => {
  const [only] = next;
  if (!only) throw new Error("Nothing is next");
  return { ...only, seq };
};

it.each(["safe", "unsafe"])("3.5 a %s call sees what another process recorded just before it", async (repeatable) => {
  const flow = await scene.workflow({
    startNodeId: "a",
    nodes: [
      call("a"),
      call("fetch"),
      call("send", "/send", { repeatable, body: { got: "${step.fetch.output.path}" } }),
    ],
    edges: edges(["a", "fetch"], ["fetch", "send"]),
  });
  const id = await startTestRun(scene, flow);
  const [first, second] = [scene.process(), scene.process()];
  const target = { runId: id, generation: 1, driverId: "d" };
  const afterA = await first.effect(target, { key: "a", nodeId: "a", iteration: "", attempt: 1, seq: 0 }, "a#1");
  const afterFetch = await second.effect(target, placeOf(afterA), "fetch#1");
  expect(await first.effect(target, placeOf(afterFetch), "send#1")).toMatchObject({ end: "finished" });
  expect(scene.calls.find(({ key }) => key === `${id}:send`)?.body).toEqual({ got: "/fetch" });
});

it("two processes that are asked for the same step record it once", async () => {
  const flow = await scene.workflow({ startNodeId: "a", nodes: [call("a"), call("b")], edges: edges(["a", "b"]) });
  const id = await startTestRun(scene, flow);
  const target = { runId: id, generation: 1, driverId: "d" };
  const place = { key: "a", nodeId: "a", iteration: "", attempt: 1, seq: 0 };
  const memos = await Promise.all(
    [scene.process(), scene.process()].map((turns) => turns.effect(target, place, "a#1")),
  );
  expect(memos[0]).toEqual(memos[1]);
  expect((await readSteps(scene.database.pool, id)).filter(({ key }) => key === "a")).toHaveLength(1);
});

it("3.4 a result that PostgreSQL refuses fails its step, and the run ends", async () => {
  const flow = await scene.workflow({ startNodeId: "a", nodes: [call("a"), call("b")], edges: edges(["a", "b"]) });
  const target = { generation: 1, driverId: "d" };
  const place = { key: "a", nodeId: "a", iteration: "", attempt: 1, seq: 0 };
  for (const output of ["\ud83d", "a\u0000b", { ["\udc00"]: 1 }]) {
    const id = await startTestRun(scene, flow);
    const turns = scene.process(({ executors }) => ({
      executors: { ...executors, service_call: { execute: () => ({ kind: "completed" as const, output }) } },
    }));
    expect(await turns.effect({ ...target, runId: id }, place, "a#1")).toMatchObject({ end: "finished" });
    const run = await readRun(scene.database.pool, id);
    expect(run).toMatchObject({ status: "failed", failure_reason: "step_failed" });
    expect(run["error"]).toMatchObject({ code: "unstorable_output", nodeId: "a" });
  }
});
