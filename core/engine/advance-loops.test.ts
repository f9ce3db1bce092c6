import { describe, expect, it } from "vitest";
import { draw, planOf } from "./plans.testkit";
import { down, driver, refused } from "./advance.testkit";

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
