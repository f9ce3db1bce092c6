import { describe, expect, it } from "vitest";
import type { StepError } from "@/core/step-error";
import { longestRetryAfterMs, retryDecision } from "./retries";

const node = { retry: { maxAttempts: 3, backoff: 100, retryOn: null }, repeatable: "safe" as const };
const failed = (error: Partial<StepError>): StepError => ({
  code: "no_response",
  message: "x",
  class: "5xx",
  ...error,
});

describe("retryDecision", () => {
  it("K-19 tries again what another try may cure, as often as told", () => {
    for (const cured of ["5xx", "timeout", "network", "429"] as const)
      expect(retryDecision(node, failed({ class: cured }), 1, 0.5)).toEqual({ retry: true, delayMs: 100 });
    for (const final of ["4xx", "other"] as const)
      expect(retryDecision(node, failed({ class: final }), 1, 0.5)).toEqual({ retry: false });
    expect(retryDecision(node, failed({}), 2, 0.5)).toMatchObject({ retry: true });
    expect(retryDecision(node, failed({}), 3, 0.5)).toEqual({ retry: false });
  });

  it("K-19 keeps to retryOn, where no response at all counts as a timeout", () => {
    const picky = { ...node, retry: { ...node.retry, retryOn: ["4xx", "timeout"] as const } };
    expect(retryDecision(picky, failed({ class: "5xx" }), 1, 0.5).retry).toBe(false);
    expect(retryDecision(picky, failed({ class: "4xx" }), 1, 0.5).retry).toBe(true);
    expect(retryDecision(picky, failed({ class: "network" }), 1, 0.5).retry).toBe(true);
    expect(retryDecision(picky, failed({ class: "other", retryable: true }), 1, 0.5).retry).toBe(true);
    expect(retryDecision(picky, failed({ class: "timeout", retryable: false }), 1, 0.5).retry).toBe(false);
  });

  it("waits as long as the provider asks, within reason", () => {
    expect(retryDecision(node, failed({ retryAfterMs: 7_000 }), 1, 0.5)).toEqual({ retry: true, delayMs: 7_000 });
    expect(retryDecision(node, failed({ retryAfterMs: 5 }), 1, 0.5)).toEqual({ retry: true, delayMs: 100 });
    expect(retryDecision(node, failed({ retryAfterMs: 1e15 }), 1, 0.5)).toEqual({
      retry: true,
      delayMs: longestRetryAfterMs,
    });
  });

  it("never repeats an unsafe step blindly when it may have happened", () => {
    const unsafe = { ...node, repeatable: "unsafe" as const };
    expect(retryDecision(unsafe, failed({ class: "timeout" }), 1, 0.5).retry).toBe(false);
    expect(retryDecision(unsafe, failed({ class: "network" }), 1, 0.5).retry).toBe(false);
    expect(retryDecision(unsafe, failed({ class: "network", outcomeUnknown: false }), 1, 0.5).retry).toBe(true);
    expect(retryDecision(unsafe, failed({ class: "5xx" }), 1, 0.5).retry).toBe(true);
    expect(retryDecision(unsafe, failed({ class: "5xx", outcomeUnknown: true }), 1, 0.5).retry).toBe(false);
  });

  it("spreads exponential delays by the given randomness alone", () => {
    const slow = { ...node, retry: { ...node.retry, maxAttempts: 99, backoff: "exponential" as const } };
    const delay = (attempt: number, random: number): number => {
      const decision = retryDecision(slow, failed({}), attempt, random);
      return decision.retry ? decision.delayMs : -1;
    };
    expect(delay(3, 0.2)).toBe(delay(3, 0.2));
    expect(delay(3, 0)).toBeLessThan(delay(3, 1));
    expect(delay(40, 1)).toBeLessThanOrEqual(60_000);
    expect(delay(1, 1)).toBeLessThanOrEqual(1_000);
  });
});
