import { describe, expect, it } from "vitest";
import { advance } from "./advance";
import { descendants } from "./descendants";
import { nodeKey, splitNodeKey } from "./node-keys";
import { outstanding } from "./outstanding";
import { draw, planOf } from "./plans.testkit";
import type { EngineCommand, StepRecord } from "./protocol";
import type { StepError } from "@/core/step-error";
import { restoreState } from "./restore";

const row = (key: string, status: StepRecord["status"], more: Partial<StepRecord> = {}): StepRecord => ({
  key,
  ...splitNodeKey(key),
  status,
  attempt: 1,
  ...more,
});
const short = (commands: readonly EngineCommand[]): string[] =>
  commands.map((command) => `${command.type} ${"key" in command ? command.key : command.status}`);
const refused: StepError = { code: "invalid_input", message: "The provider refused.", class: "other" };
const loop = { count: 3, concurrency: 2, onItemError: "fail" as const };

describe("restoreState and outstanding", () => {
  const plan = planOf(["s -> a", "s -> w", "a -> j", "w -> j"], { w: { type: "wait" } });

  it("A-6 A-13 gives back what is to be done and leaves waitpoints alone", () => {
    const state = restoreState(plan, [row("s", "completed", { handle: "out" }), row("w", "waiting")]);
    expect(short(outstanding(plan, state))).toEqual(["runStep a"]);
    expect(short(advance(plan, state, { type: "stepCompleted", key: "w", at: 1 }).commands)).toEqual([]);
    expect(short(advance(plan, state, { type: "stepCompleted", key: "a", at: 1 }).commands)).toEqual(["runStep j"]);
  });

  it("goes on with the attempt that was begun", () => {
    const state = restoreState(plan, [row("s", "running", { attempt: 3 })]);
    expect(outstanding(plan, state)).toEqual([{ type: "runStep", key: "s", nodeId: "s", iteration: "", attempt: 3 }]);
  });

  it("takes no answer for a step that waits to be tried again, and starts it when due", () => {
    const state = restoreState(plan, [row("s", "waiting", { attempt: 2, waitingFor: "retry" })]);
    expect(outstanding(plan, state)).toEqual([]);
    expect(advance(plan, state, { type: "stepCompleted", key: "s", at: 1 }).commands).toEqual([]);
    expect(advance(plan, state, { type: "retryDue", key: "s", at: 1 }).commands).toMatchObject([
      { type: "runStep", attempt: 3 },
    ]);
  });

  it("records a skip that the journal lost", () => {
    const branch = planOf(["d -alt-> a", "d -> b", "b -> c"]);
    const state = restoreState(branch, [row("d", "completed", { handle: "alt" }), row("b", "skipped")]);
    expect(short(outstanding(branch, state)).sort()).toEqual(["recordSkipped c", "runStep a"]);
  });

  it("does a loop's finished items not again when the loop itself is opened again by a retry", () => {
    const looped = planOf(["each -> z"], { each: { type: "container", body: draw(["x -> y"]) } });
    const kept = ["x[0]", "y[0]", "x[1]"].map((key) => row(key, "completed", { handle: "out" }));
    const state = restoreState(looped, kept);
    expect(short(outstanding(looped, state))).toEqual(["openContainer each"]);
    const opened = advance(looped, state, { type: "containerOpened", key: "each", at: 1, ...loop });
    expect(short(opened.commands).sort()).toEqual(["runStep x[2]", "runStep y[1]"]);
  });

  it("asks for nothing that it calls off in the same breath", () => {
    const looped = planOf(["each -error-> sorry"], { each: { type: "container", body: draw(["x -> y"]) } });
    const state = restoreState(looped, [row("x[1]", "failed")]);
    const opened = advance(looped, state, { type: "containerOpened", key: "each", at: 1, ...loop });
    expect(short(opened.commands)).toEqual(["cancelStep x[0]", "failContainer each", "runStep sorry"]);
  });

  it("counts the items that were given up, also from the journal", () => {
    const looped = planOf([], { each: { type: "container", body: draw(["x -> y"]) } });
    const lenient = { ...loop, onItemError: "continue" as const };
    const state = restoreState(looped, [
      row("each", "running", { loop: lenient }),
      row("x[0]", "failed"),
      row("x[1]", "completed", { handle: "out" }),
      row("y[1]", "completed"),
    ]);
    expect(state.nodes["each"]?.loop).toMatchObject({
      next: 3,
      active: 1,
      failed: { 0: "x[0]" },
      results: [null, "y[1]", null],
    });
    expect(short(outstanding(looped, state))).toEqual(["runStep x[2]"]);
  });

  it("starts nothing in an item that was given up while another of its branches had got further", () => {
    const looped = planOf([], { each: { type: "container", body: draw(["x -> bad", "x -> y", "y -> z"]) } });
    const state = restoreState(looped, [
      row("each", "running", { loop: { ...loop, concurrency: 1, onItemError: "continue" } }),
      ...["x[0]", "y[0]"].map((key) => row(key, "completed", { handle: "out" })),
      row("bad[0]", "failed"),
      row("z[0]", "cancelled"),
    ]);
    expect(short(outstanding(looped, state))).toEqual(["runStep x[1]"]);
  });

  it("believes that an item failed although its last step is recorded as done", () => {
    const looped = planOf([], {
      each: { type: "container", body: draw(["x -> y", "x -> n"], { n: { onError: "continue" } }) },
    });
    const failure = { error: refused, reason: "approval_rejected" as const, failedKey: "n[0]" };
    const state = restoreState(looped, [
      row("each", "running", { loop: { ...loop, count: 1, onItemError: "continue" } }),
      ...["x[0]", "y[0]"].map((key) => row(key, "completed", { handle: "out" })),
      row("n[0]", "completed", { handle: "rejected", failure }),
    ]);
    expect(outstanding(looped, state)).toEqual([
      { type: "closeContainer", key: "each", nodeId: "each", iteration: "", results: [null], failed: { 0: "n[0]" } },
    ]);
  });

  it("cancels the items at work when the container itself fails", () => {
    const looped = planOf([], { each: { type: "container", body: draw(["x -> y"]) } });
    const state = restoreState(looped, [row("each", "running", { loop })]);
    const failed = advance(looped, state, { type: "stepFailed", key: "each", at: 1, error: refused });
    expect(short(failed.commands)).toEqual(["cancelStep x[0]", "cancelStep x[1]", "finish failed"]);
  });

  it("runs again from a chosen step: what follows it and nothing else", () => {
    const chain = planOf(["a -> b", "a -> side", "b -> c", "side -> c"]);
    const done = ["a", "b", "side", "c"].map((key) => row(key, "completed", { handle: "out" }));
    const again = new Set(["b", ...descendants(chain, "b")]);
    const state = restoreState(
      chain,
      done.filter((record) => !again.has(record.nodeId)),
    );
    expect(short(outstanding(chain, state))).toEqual(["runStep b"]);
    expect(short(advance(chain, state, { type: "stepCompleted", key: "b", at: 1 }).commands)).toEqual(["runStep c"]);
  });
});

describe("node keys", () => {
  it("are told apart into node and iteration and back", () => {
    for (const [nodeId, iteration, key] of [
      ["a", "", "a"],
      ["a", "2", "a[2]"],
      ["a", "2.0", "a[2.0]"],
    ] as const) {
      expect(nodeKey(nodeId, iteration)).toBe(key);
      expect(splitNodeKey(key)).toEqual({ nodeId, iteration });
    }
  });
});
