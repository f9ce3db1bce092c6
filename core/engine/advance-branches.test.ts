import { describe, expect, it } from "vitest";
import { planOf } from "./plans.testkit";
import { down, driver, refused } from "./advance.testkit";

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
