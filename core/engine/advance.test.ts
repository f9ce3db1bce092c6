import { describe, expect, it } from "vitest";
import { advance } from "./advance";
import { initialState } from "./initial-state";
import type { Plan } from "./plan";
import { draw, planOf } from "./plans.testkit";
import type { EngineCommand, EngineEvent, RunState, StepError } from "./protocol";

const refused: StepError = { code: "invalid_input", message: "The provider refused.", class: "other" };
const down: StepError = { code: "http_5xx", message: "The provider answered 503.", class: "5xx" };

/** Feeds events and tells each answer in short words. */
function driver(plan: Plan): {
  send(event: Record<string, unknown> & { type: EngineEvent["type"] }): string[];
  commands(): EngineCommand[];
  state(): RunState;
} {
  let state = initialState();
  let last: EngineCommand[] = [];
  return {
    send(event) {
      // Tests leave out `at`: the engine reads no time.
      const answer = advance(plan, state, { at: 1, ...event } as EngineEvent);
      state = answer.state;
      last = answer.commands;
      return last.map((command) => `${command.type} ${"key" in command ? command.key : command.status}`);
    },
    commands: () => last,
    state: () => state,
  };
}

describe("advance", () => {
  it("K-23 takes the case of a decision and skips what only the other cases lead to, once, through joins", () => {
    const run = driver(planOf(["d -alt-> a", "d -> b", "b -> c", "b -> e", "c -> e", "a -> f", "e -> f"]));
    expect(run.send({ type: "started" })).toEqual(["runStep d"]);
    expect(run.send({ type: "stepCompleted", key: "d", handle: "alt" })).toEqual([
      "runStep a",
      "recordSkipped b",
      "recordSkipped c",
      "recordSkipped e",
    ]);
    expect(run.send({ type: "stepCompleted", key: "a" })).toEqual(["runStep f"]);
    expect(run.send({ type: "stepCompleted", key: "f" })).toEqual(["finish completed"]);
    expect(run.commands()).toEqual([{ type: "finish", status: "completed", outputFrom: "f" }]);
  });

  it("F-24 ends a branch quietly when nothing is connected to the side taken", () => {
    const run = driver(planOf(["d -> a"]));
    run.send({ type: "started" });
    expect(run.send({ type: "stepCompleted", key: "d", handle: "alt" })).toEqual([
      "recordSkipped a",
      "finish completed",
    ]);
    expect(run.commands().at(-1)).toMatchObject({ outputFrom: null });
  });

  it("joins all by default and any on the first taken edge", () => {
    const all = driver(planOf(["s -> a", "s -> b", "a -> j", "b -> j"]));
    all.send({ type: "started" });
    all.send({ type: "stepCompleted", key: "s" });
    expect(all.send({ type: "stepCompleted", key: "a" })).toEqual([]);
    expect(all.send({ type: "stepCompleted", key: "b" })).toEqual(["runStep j"]);

    const any = driver(planOf(["s -> a", "s -> b", "a -> j", "b -> j"], { j: { join: "any" } }));
    any.send({ type: "started" });
    any.send({ type: "stepCompleted", key: "s" });
    expect(any.send({ type: "stepCompleted", key: "a" })).toEqual(["runStep j"]);
    expect(any.send({ type: "stepCompleted", key: "b" })).toEqual([]);
    expect(any.send({ type: "stepCompleted", key: "j" })).toEqual(["finish completed"]);
  });

  it("passes through a disabled node", () => {
    const run = driver(planOf(["a -> b", "b -> c", "b -error-> d"], { b: { disabled: true } }));
    run.send({ type: "started" });
    expect(run.send({ type: "stepCompleted", key: "a" })).toEqual(["recordSkipped b", "runStep c", "recordSkipped d"]);
    expect(run.state().nodes["b"]).toEqual({ status: "skipped", attempt: 0, handle: "out" });
  });

  it("F-40 takes the rejected path of an approval and skips the approved one", () => {
    const run = driver(planOf(["ask -approved-> upgrade", "ask -rejected-> explain"], { ask: { type: "wait" } }));
    run.send({ type: "started" });
    expect(run.send({ type: "waiting", key: "ask" })).toEqual([]);
    const rejected = {
      type: "stepCompleted" as const,
      key: "ask",
      handle: "rejected",
      failUnconnected: { reason: "approval_rejected", error: refused },
    };
    expect(run.send(rejected)).toEqual(["recordSkipped upgrade", "runStep explain"]);
    expect(run.send(rejected)).toEqual([]);
  });

  it("A-17 fails the run when a rejection leads nowhere, even with an error path and onError continue", () => {
    const run = driver(
      planOf(["s -> ask", "s -> slow", "ask -> go", "ask -error-> sorry"], {
        ask: { type: "wait", onError: "continue" },
      }),
    );
    run.send({ type: "started" });
    run.send({ type: "stepCompleted", key: "s" });
    run.send({ type: "waiting", key: "ask" });
    const answer = {
      type: "stepCompleted" as const,
      key: "ask",
      handle: "rejected",
      failUnconnected: { reason: "approval_rejected", error: refused },
    };
    expect(run.send(answer)).toEqual(["cancelStep slow", "finish failed"]);
    expect(run.commands().at(-1)).toEqual({
      type: "finish",
      status: "failed",
      outputFrom: null,
      reason: "approval_rejected",
      error: refused,
      failedKey: "ask",
    });
  });

  it("tries again, then takes the error path", () => {
    const run = driver(planOf(["a -> b", "a -error-> c"], { a: { retry: { maxAttempts: 2, backoff: 500 } } }));
    run.send({ type: "started" });
    run.send({ type: "stepFailed", key: "a", error: down });
    expect(run.commands()).toEqual([
      { type: "scheduleRetry", key: "a", nodeId: "a", iteration: "", attempt: 2, delayMs: 500 },
    ]);
    expect(run.send({ type: "stepFailed", key: "a", error: down })).toEqual([]);
    expect(run.send({ type: "stepCompleted", key: "a", attempt: 1 })).toEqual([]);
    run.send({ type: "retryDue", key: "a", attempt: 2 });
    expect(run.commands()).toEqual([{ type: "runStep", key: "a", nodeId: "a", iteration: "", attempt: 2 }]);
    expect(run.send({ type: "stepFailed", key: "a", attempt: 1, error: down })).toEqual([]);
    expect(run.send({ type: "stepFailed", key: "a", attempt: 2, error: down })).toEqual([
      "recordSkipped b",
      "runStep c",
    ]);
  });

  it("goes on after the last try with onError continue", () => {
    const run = driver(planOf(["a -> b"], { a: { onError: "continue" } }));
    run.send({ type: "started" });
    expect(run.send({ type: "stepFailed", key: "a", error: refused })).toEqual(["runStep b"]);
    expect(run.state().nodes["a"]).toMatchObject({ status: "failed", handle: "out" });
  });

  it("end ends the whole run, cancels what is open and gives the output", () => {
    const run = driver(planOf(["s -> e", "s -> w", "w -> z"]));
    run.send({ type: "started" });
    run.send({ type: "stepCompleted", key: "s" });
    run.send({ type: "waiting", key: "w" });
    expect(run.send({ type: "stepCompleted", key: "e", end: { status: "failed" } })).toEqual([
      "cancelStep w",
      "finish failed",
    ]);
    expect(run.commands().at(-1)).toEqual({
      type: "finish",
      status: "failed",
      outputFrom: "e",
      reason: "ended_failed",
    });
    expect(run.send({ type: "stepCompleted", key: "w" })).toEqual([]);
  });

  it("gives the output of the result step whatever else ends later", () => {
    const run = driver(planOf(["s -> out", "s -> note"], { out: { type: "result" } }));
    run.send({ type: "started" });
    run.send({ type: "stepCompleted", key: "s" });
    run.send({ type: "stepCompleted", key: "out" });
    run.send({ type: "stepCompleted", key: "note" });
    expect(run.commands()).toEqual([{ type: "finish", status: "completed", outputFrom: "out" }]);
  });

  it("starts an effect again that waited for a person's word on its outcome", () => {
    const run = driver(planOf(["pay -> done"], { pay: { repeatable: "unsafe" } }));
    run.send({ type: "started" });
    run.send({ type: "waiting", key: "pay" });
    run.send({ type: "retryDue", key: "pay" });
    expect(run.commands()).toMatchObject([{ type: "runStep", key: "pay", attempt: 2 }]);
    expect(run.send({ type: "stepCompleted", key: "pay" })).toEqual(["runStep done"]);
  });

  it("copes with node ids that are names of JavaScript's own", () => {
    const run = driver(planOf(["constructor -> __proto__", "__proto__ -> toString"]));
    expect(run.send({ type: "started" })).toEqual(["runStep constructor"]);
    expect(run.send({ type: "stepCompleted", key: "constructor" })).toEqual(["runStep __proto__"]);
    expect(run.send({ type: "stepCompleted", key: "__proto__" })).toEqual(["runStep toString"]);
    expect(run.send({ type: "stepCompleted", key: "toString" })).toEqual(["finish completed"]);
  });

  it("ignores events about steps it does not know", () => {
    const run = driver(planOf(["a -> b"]));
    expect(run.send({ type: "stepCompleted", key: "a" })).toEqual([]);
    run.send({ type: "started" });
    for (const key of ["b", "nobody", "a[0]", ""]) expect(run.send({ type: "stepCompleted", key })).toEqual([]);
  });
});

describe("loops", () => {
  const body = draw(["ask -> book"], { ask: { type: "wait" } });
  const open = { type: "containerOpened" as const, key: "each", onItemError: "fail" };

  it("runs so many items side by side and gives the results in item order", () => {
    const run = driver(planOf(["each -> z"], { each: { type: "container", body } }));
    expect(run.send({ type: "started" })).toEqual(["openContainer each"]);
    expect(run.send({ ...open, count: 3, concurrency: 2 })).toEqual(["runStep ask[0]", "runStep ask[1]"]);
    run.send({ type: "waiting", key: "ask[0]" });
    run.send({ type: "stepCompleted", key: "ask[1]" });
    expect(run.send({ type: "stepCompleted", key: "book[1]" })).toEqual(["runStep ask[2]"]);
    run.send({ type: "stepCompleted", key: "ask[2]" });
    expect(run.send({ type: "stepCompleted", key: "book[2]" })).toEqual([]);
    expect(run.send({ type: "stepCompleted", key: "ask[0]" })).toEqual(["runStep book[0]"]);
    run.send({ type: "stepCompleted", key: "book[0]" });
    expect(run.commands()).toEqual([
      {
        type: "closeContainer",
        key: "each",
        nodeId: "each",
        iteration: "",
        results: ["book[0]", "book[1]", "book[2]"],
      },
    ]);
    expect(run.send({ type: "stepCompleted", key: "each" })).toEqual(["runStep z"]);
  });

  it("closes at once over no items", () => {
    const run = driver(planOf([], { each: { type: "container", body } }));
    run.send({ type: "started" });
    run.send({ ...open, count: 0, concurrency: 1 });
    expect(run.commands()).toMatchObject([{ type: "closeContainer", results: [] }]);
    expect(run.send({ type: "stepCompleted", key: "each" })).toEqual(["finish completed"]);
  });

  it("gives up an item and goes on, or fails with it, as told", () => {
    const lenient = driver(planOf([], { each: { type: "container", body } }));
    lenient.send({ type: "started" });
    lenient.send({ ...open, count: 2, concurrency: 1, onItemError: "continue" });
    expect(lenient.send({ type: "stepFailed", key: "ask[0]", error: refused })).toEqual(["runStep ask[1]"]);
    lenient.send({ type: "stepCompleted", key: "ask[1]" });
    lenient.send({ type: "stepCompleted", key: "book[1]" });
    expect(lenient.commands()).toMatchObject([
      { type: "closeContainer", results: [null, "book[1]"], failed: { 0: "ask[0]" } },
    ]);

    const strict = driver(planOf(["each -error-> sorry"], { each: { type: "container", body } }));
    strict.send({ type: "started" });
    strict.send({ ...open, count: 2, concurrency: 2 });
    expect(strict.send({ type: "stepFailed", key: "ask[0]", error: refused })).toEqual([
      "cancelStep ask[1]",
      "failContainer each",
      "runStep sorry",
    ]);
    expect(strict.commands()[1]).toEqual({
      type: "failContainer",
      key: "each",
      nodeId: "each",
      iteration: "",
      handle: "error",
      failedKey: "ask[0]",
      error: refused,
      reason: "step_failed",
    });
    expect(strict.send({ type: "stepCompleted", key: "ask[1]" })).toEqual([]);
  });

  it("fails the run through nested containers, naming the step that failed", () => {
    const inner = draw([], { inner: { type: "container", body } });
    const run = driver(planOf([], { each: { type: "container", body: inner } }));
    run.send({ type: "started" });
    expect(run.send({ ...open, count: 3, concurrency: 3 })).toEqual([
      "openContainer inner[0]",
      "openContainer inner[1]",
      "openContainer inner[2]",
    ]);
    expect(run.send({ ...open, key: "inner[2]", count: 1, concurrency: 1 })).toEqual(["runStep ask[2.0]"]);
    expect(run.send({ type: "stepFailed", key: "ask[2.0]", error: refused })).toEqual([
      "failContainer inner[2]",
      "cancelStep inner[0]",
      "cancelStep inner[1]",
      "failContainer each",
      "finish failed",
    ]);
    expect(run.commands().at(-1)).toMatchObject({ failedKey: "ask[2.0]" });
  });

  it("K8 repeats until told to stop and at most so many times, and says when it gave up", () => {
    const run = driver(planOf([], { each: { type: "container", body: draw([], { work: {} }) } }));
    run.send({ type: "started" });
    expect(run.send({ ...open, count: null, concurrency: 9, max: 3 })).toEqual(["runStep work[0]"]);
    for (const [index, next] of [
      [0, ["runStep work[1]"]],
      [1, ["runStep work[2]"]],
    ] as const) {
      run.send({ type: "stepCompleted", key: `work[${index}]` });
      expect(run.commands()).toMatchObject([{ type: "decideRepeat", index }]);
      expect(run.send({ type: "repeatDecided", key: "each", index, again: true })).toEqual(next);
      expect(run.send({ type: "repeatDecided", key: "each", index, again: true })).toEqual([]);
    }
    run.send({ type: "stepCompleted", key: "work[2]" });
    expect(run.commands()).toMatchObject([{ type: "decideRepeat", index: 2 }]);
    run.send({ type: "repeatDecided", key: "each", index: 2, again: true });
    expect(run.commands()).toMatchObject([
      { type: "closeContainer", results: ["work[0]", "work[1]", "work[2]"], gaveUp: true },
    ]);
  });

  it("waits out a retry inside an item without holding up the others", () => {
    const run = driver(planOf([], { each: { type: "container", body: draw([], { call: { type: "call" } }) } }));
    run.send({ type: "started" });
    run.send({ ...open, count: 2, concurrency: 2 });
    expect(run.send({ type: "stepFailed", key: "call[0]", error: down })).toEqual(["scheduleRetry call[0]"]);
    run.send({ type: "stepCompleted", key: "call[1]" });
    expect(run.send({ type: "retryDue", key: "call[0]", attempt: 2 })).toEqual(["runStep call[0]"]);
    expect(run.send({ type: "stepCompleted", key: "call[0]", attempt: 2 })).toEqual(["closeContainer each"]);
  });

  it("makes sense of counts that are not whole numbers", () => {
    const run = driver(planOf([], { each: { type: "container", body } }));
    run.send({ type: "started" });
    expect(run.send({ ...open, count: 2.7, concurrency: Number.NaN })).toEqual(["runStep ask[0]"]);
    expect(run.state().nodes["each"]?.loop).toMatchObject({ count: 2, concurrency: 1 });
  });
});
