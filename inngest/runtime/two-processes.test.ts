import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "@/core/ids";
import type { TurnMemo } from "./commit-turn";
import type { RunTurns } from "./run-turns";
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

it("a driver that begins after another took a resolved branch leaves that step to it", async () => {
  const flow = await scene.workflow({
    startNodeId: "ask",
    nodes: [{ id: "ask", type: "approval", assignTo: "role:manager" }, call("a"), call("b")],
    edges: edges(["ask", "a", "approved"], ["a", "b"]),
  });
  const id = await startTestRun(scene, flow);
  await scene.process().begin({ runId: id, generation: 1, driverId: "d" }, { id: "begin", turn: 0 });
  const [question] = await scene.open(id);
  for (const [verb, from] of [
    ["pause", ["waiting_approval"]],
    ["resume", ["paused"]],
  ] as const)
    await scene.store.control({
      id,
      org: flow.organizationId,
      verb,
      from: [...from],
      supersede: [],
      actor: { name: "Kim" },
      eventId: newId(),
      reason: null,
    });
  // The new driver is on its way; who answers now finds nobody parked, and sends a driver for this branch.
  await scene.resolve(flow, question?.id ?? "", "approved");
  const { generation } = await readRun(scene.database.pool, id);
  const branch = { runId: id, generation: Number(generation), driverId: "branch" };
  const turns = scene.process();
  let memo = await turns.read(branch, { id: "lane", turn: 0 });
  // In the memory of the same process, and in that of another.
  for (const [driverId, process] of [
    ["late", turns],
    ["later", scene.process()],
  ] as const)
    await saysNothingTo(driverId, process);
  memo = await turns.effect(branch, placeOf(memo), "a#1");
  await saysNothingTo("latest", turns);
  await saysNothingTo("last", scene.process());
  while (memo.next.length > 0) memo = await turns.effect(branch, placeOf(memo), `more${String(memo.seq)}`);
  expect(memo.end).toBe("finished");
  expect(scene.callsOf(id)).toEqual(["a", "b"]);

  async function saysNothingTo(driverId: string, process: RunTurns): Promise<void> {
    const told = await process.begin({ ...branch, driverId }, { id: "begin", turn: 0 });
    expect(told).toMatchObject({ next: [], end: "idle" });
  }
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
