import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoffDelay } from "@/core/engine/backoff-delay";
import { longestTimerMs, timerMs } from "@/core/schedule/timer-limit";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { milliseconds, timeRanges } from "./milliseconds";
import { backoffSchema } from "./node-fields";
import { importWorkflowDocument } from "./workflow-document";

const extremes = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(0, -0, 1, -1, 0.5, 1500.5, 1e308, 2 ** 31 - 1, 2 ** 31, 2 ** 32, Number.NaN, Infinity, -Infinity),
);
const ranges = Object.entries(timeRanges);

function problems(config: object, node: object = {}): string[] {
  const imported = importWorkflowDocument(
    {
      name: "One",
      config,
      triggers: [{ type: "webhook", ...("respondTimeoutMs" in node ? node : {}) }],
      spec: { startNodeId: "a", nodes: [{ id: "a", type: "service_call", service: "x", ...node }], edges: [] },
    },
    stepDefinitions,
    triggerDefinitions,
  );
  return imported.ok ? [] : imported.issues.map(({ path, message }) => `${path}: ${message}`);
}

describe("times in milliseconds", () => {
  it.each(ranges)(
    "3.6 %s: what the schema takes is whole and in its range, everything else is refused in words",
    (_name, range) => {
      fc.assert(
        fc.property(extremes, (value) => {
          const parsed = milliseconds(range).safeParse(value);
          expect(parsed.success).toBe(Number.isInteger(value) && value >= range.least && value <= range.most);
          for (const issue of parsed.error?.issues ?? [])
            expect(issue.message).toBe(
              `It must be a whole number of milliseconds from ${String(range.least)} to ${range.most.toLocaleString("en-US")} (${range.words}).`,
            );
        }),
      );
    },
  );

  it("3.6 the longest step, run and answer are times that timers keep", () => {
    for (const { most } of [timeRanges.step, timeRanges.run, timeRanges.respond]) expect(timerMs(most)).toBe(most);
    expect(timeRanges.step.most).toBeGreaterThan(20 * 60_000);
  });

  it("3.6 whatever a limit is, the timer is set to something that a timer can keep", () => {
    fc.assert(
      fc.property(extremes, (value) => {
        const set = timerMs(value);
        expect(Number.isInteger(set) && set >= 1 && set <= longestTimerMs).toBe(true);
        expect(() => AbortSignal.timeout(set)).not.toThrow();
      }),
    );
  });

  it("K11 a retry's delay is a whole number of at most 30 days, whatever the setting allows", () => {
    const delay = fc.oneof(fc.integer({ min: 0, max: timeRanges.retryDelay.most }), extremes);
    const setting = fc.oneof(
      delay,
      fc.constant("exponential"),
      fc.record(
        {
          type: fc.constantFrom("fixed", "exponential"),
          delayMs: delay,
          factor: fc.oneof(fc.double({ min: 1, max: 100, noNaN: true }), extremes),
          maxDelayMs: delay,
          jitter: fc.boolean(),
        },
        { requiredKeys: ["type"] },
      ),
    );
    fc.assert(
      fc.property(
        setting,
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (raw, attempt, random) => {
          const parsed = backoffSchema.safeParse(raw);
          if (!parsed.success) return;
          const delayMs = backoffDelay(parsed.data, attempt, random);
          expect(Number.isInteger(delayMs) && delayMs >= 0 && delayMs <= timeRanges.retryDelay.most).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each<[string, object, object, string]>([
    [
      "a run of 30 days",
      { timeoutMs: 30 * 86_400_000 },
      {},
      'config.timeoutMs: "timeoutMs" is not right. It must be a whole number of milliseconds from 1 to 2,073,600,000 (24 days).',
    ],
    [
      "half a millisecond",
      {},
      { timeoutMs: 1500.5 },
      'spec.nodes[0].timeoutMs: "timeoutMs" is not right. It must be a whole number of milliseconds from 1 to 86,400,000 (24 hours).',
    ],
    [
      "a negative delay",
      {},
      { retry: { backoff: -5 } },
      'spec.nodes[0].retry.backoff: "retry.backoff" is not right. It must be a whole number of milliseconds from 0 to 2,592,000,000 (30 days).',
    ],
    [
      "a word that is none",
      { backoff: "linear" },
      {},
      'config.backoff: "backoff" is not right. It must be a number or "exponential" or an object.',
    ],
    [
      "a caller who waits an hour",
      {},
      { respondTimeoutMs: 3_600_000 },
      'triggers[0].respondTimeoutMs: "respondTimeoutMs" of the trigger is not right. It must be a whole number of milliseconds from 1 to 120,000 (2 minutes).',
    ],
  ])("K11 %s is refused with its place and the range", (_what, config, node, expected) => {
    expect(problems(config, node)).toEqual([expected]);
  });

  it("K11 the ages and times of great patience are taken", () => {
    expect(problems({ timeoutMs: 24 * 86_400_000, maxAgeMs: 3650 * 86_400_000 }, { timeoutMs: 20 * 60_000 })).toEqual(
      [],
    );
  });
});
