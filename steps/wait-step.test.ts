import { describe, expect, test } from "vitest";
import type { JsonObject } from "@/core/json";
import { timeoutProblems } from "@/core/workflow/waiting-fields";
import { stepContext, testNow, type TestWorld } from "./step-context.testkit";
import { executeWait } from "./wait/execute";
import { waitDefinition } from "./wait/definition";
import { due, hour, resolved } from "./waiting-steps.testkit";

const long = ["-PT5M", "-P1Y", "P11Y", "P100000Y", "P999999999D", "PT9000000000000000S"];

test.each(long)("%s is refused where it is written, for it could only ever fail", (text) => {
  const around = { connected: new Set(["timed_out"]), inBody: false, mayTalk: true };
  const found = [
    waitDefinition.lint?.({ duration: text }, { id: "w", type: "wait" }, around),
    waitDefinition.lint?.({ callback: true, timeout: text }, { id: "w", type: "wait" }, around),
    timeoutProblems({ timeout: text }),
  ];
  for (const problems of found)
    expect(problems).toMatchObject([
      { code: "invalid_config", severity: "error", message: expect.stringMatching(/negative|ten years/) as unknown },
    ]);
});

test.each(["PT0S", "P10Y", "PT87600H", "P1M", "${input.-PT5M}"])("%s may be written", (timeout) => {
  expect(timeoutProblems({ timeout })).toEqual([]);
});

describe("wait", () => {
  const wait = (fields: JsonObject, trigger: JsonObject = {}) =>
    executeWait.execute(stepContext(waitDefinition, fields, { trigger }).context);

  test.each([
    ["PT5M", 300_000],
    ["PT1S", 1000],
    ["P3D", 72 * hour],
    ["P1W", 168 * hour],
    ["PT0.5S", 500],
    // testNow is in November, which has 30 days.
    ["P1M", 30 * 24 * hour],
    ["P1Y", 365 * 24 * hour],
  ])("K-25 B-47 duration %s", async (duration, ms) => {
    expect(await wait({ duration })).toEqual({
      kind: "waiting",
      waitpoint: { kind: "timer", request: { until: new Date(testNow + ms).toISOString() }, dueAt: testNow + ms },
    });
  });

  test.each([
    ["2026-11-21T09:00:00Z", 2 * hour],
    ["2026-11-21T09:00:00", 2 * hour],
    ["2026-11-21T14:45:00+05:45", 2 * hour],
    ["2026-11-22", 17 * hour],
    [testNow + 5000, 5000],
    [(testNow + 5000) / 1000, 5000],
  ])("K-26 until %s", async (at, ms) => {
    expect(await wait({ until: "${trigger.scheduledAt}" }, { scheduledAt: at })).toMatchObject({
      waitpoint: { kind: "timer", dueAt: testNow + ms },
    });
  });

  test("a time that is over, and no time at all, do not wait", async () => {
    expect(await wait({ until: "2020-01-01T00:00:00Z" })).toEqual({
      kind: "completed",
      output: { until: "2020-01-01T00:00:00.000Z" },
      handle: "done",
    });
    expect(await wait({ duration: "PT0S" })).toMatchObject({ kind: "completed", handle: "done" });
  });

  test.each<[JsonObject, string]>([
    [{ duration: "${input.d}" }, "bad_duration"],
    [{ duration: "-PT5M" }, "bad_duration"],
    [{ duration: "P9999D" }, "bad_duration"],
    [{ duration: "P999999999D" }, "bad_duration"],
    [{ duration: "P11Y" }, "bad_duration"],
    [{ until: "${input.d}" }, "bad_time"],
    [{ until: "tomorrow" }, "bad_time"],
    [{ until: "2999-01-01" }, "bad_time"],
    [{}, "invalid_config"],
  ])("%j fails with %s", async (fields, code) => {
    expect(await wait(fields)).toMatchObject({ kind: "failed", error: { code, retryable: false } });
  });

  test("a callback waits for a call and takes its JSON, whatever it is", async () => {
    expect(await wait({ callback: true, timeout: "PT1H" })).toEqual({
      kind: "waiting",
      waitpoint: { kind: "callback", request: {}, dueAt: testNow + hour },
    });
    const { context } = stepContext(waitDefinition, { callback: true });
    for (const body of [{ a: 1 }, [1], "text", null])
      expect(executeWait.resolve?.(context, resolved("called", { body }), {})).toMatchObject({
        kind: "completed",
        output: body,
        handle: "done",
      });
  });

  test("a timer that falls due is done; a callback that nobody called takes its path or fails", () => {
    const timer = stepContext(waitDefinition, { duration: "PT1H" }).context;
    expect(executeWait.resolve?.(timer, due, { until: "x" })).toMatchObject({ kind: "completed", handle: "done" });
    const connected = { node: { outgoing: new Map([["timed_out", ["b"]]]) } };
    const missed = (fields: JsonObject, more: TestWorld) =>
      executeWait.resolve?.(
        stepContext(waitDefinition, { callback: true, timeout: "PT1H", ...fields }, more).context,
        due,
        {},
      );
    expect(missed({}, connected)).toMatchObject({ kind: "completed", handle: "timed_out" });
    expect(missed({}, {})).toMatchObject({ kind: "failed", error: { code: "wait_timed_out" } });
    expect(missed({ onTimeout: "fail" }, connected)).toMatchObject({ kind: "failed" });
  });
});
