import { backoffDelay } from "./backoff-delay";
import type { RetryClass } from "@/core/workflow/document";
import type { PlanNode } from "./plan";
import type { StepError } from "@/core/step-error";

export type RetryDecision = { retry: true; delayMs: number } | { retry: false };

/** Tried again when nothing else is said: what another try may cure. */
export const defaultRetryClasses: readonly RetryClass[] = ["5xx", "timeout", "network", "429"];

/** A provider that asks for more patience than this is not believed; ms. */
export const longestRetryAfterMs = 24 * 60 * 60 * 1000;

/**
 * Whether a failed attempt is followed by another, and after how long. `attempt` is the one that failed, 1-based;
 * `random` (0..1) is the jitter. The delay is the backoff or what the provider asked for, whichever is longer.
 */
export function retryDecision(
  node: Pick<PlanNode, "retry" | "repeatable">,
  error: StepError,
  attempt: number,
  random: number,
): RetryDecision {
  if (attempt >= node.retry.maxAttempts || !mayTryAgain(node, error)) return { retry: false };
  const asked = Math.min(longestRetryAfterMs, error.retryAfterMs ?? 0);
  return { retry: true, delayMs: Math.max(asked, backoffDelay(node.retry.backoff, attempt, random)) };
}

function mayTryAgain(node: Pick<PlanNode, "retry" | "repeatable">, error: StepError): boolean {
  if (error.retryable !== undefined) return error.retryable;
  // No answer to something that must not happen twice: it may have happened. A person is asked, never a blind retry.
  if (node.repeatable === "unsafe" && (error.outcomeUnknown ?? unknownOutcomes.has(error.class))) return false;
  const classes: readonly StepError["class"][] = node.retry.retryOn ?? defaultRetryClasses;
  // No response at all counts as a timeout.
  return classes.includes(error.class) || (error.class === "network" && classes.includes("timeout"));
}

const unknownOutcomes: ReadonlySet<StepError["class"]> = new Set(["timeout", "network"]);
