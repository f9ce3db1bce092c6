import type { RunStatus } from "@/core/run-status";

export type RunAction = "pause" | "resume" | "cancel" | "retry";

/** What may be done to a run in each status. Everything else is refused with `invalid_run_state`, naming the status. */
export const allowedRunActions: Readonly<Record<RunStatus, readonly RunAction[]>> = {
  pending: ["pause", "cancel"],
  running: ["pause", "cancel"],
  paused: ["resume", "cancel"],
  waiting_async: ["pause", "cancel"],
  waiting_approval: ["pause", "cancel"],
  waiting_human: ["pause", "cancel"],
  waiting_form: ["pause", "cancel"],
  completed: [],
  failed: ["retry"],
  cancelled: ["retry"],
};

export function isRunActionAllowed(status: RunStatus, action: RunAction): boolean {
  return allowedRunActions[status].includes(action);
}

/** The statuses from which an action is allowed, for compare-and-set updates and refusals. */
export function statusesAllowing(action: RunAction): RunStatus[] {
  return (Object.keys(allowedRunActions) as RunStatus[]).filter((status) => isRunActionAllowed(status, action));
}

/** A run in one of these never changes again by itself. */
export const finalRunStatuses: readonly RunStatus[] = ["completed", "failed", "cancelled"];

export function isFinalRunStatus(status: RunStatus): boolean {
  return finalRunStatuses.includes(status);
}

/**
 * What a run that is neither paused nor over shows: with parallel branches the most human status wins. `waitpointKinds`
 * are the kinds of its open waitpoints (an unknown kind counts as a timer does); `anyActive` = some step is executing.
 */
export function visibleRunStatus(waitpointKinds: readonly string[], anyActive: boolean): RunStatus {
  let shown: RunStatus = anyActive ? "running" : "pending";
  for (const kind of waitpointKinds) {
    const status = statusOfKind.get(kind) ?? "waiting_async";
    if (mostHumanFirst.indexOf(status) < mostHumanFirst.indexOf(shown)) shown = status;
  }
  return shown;
}

const statusOfKind: ReadonlyMap<string, RunStatus> = new Map<string, RunStatus>([
  ["approval", "waiting_approval"],
  ["form", "waiting_form"],
  ["handoff", "waiting_human"],
  // An unsafe step of unknown outcome: a person says whether it happened.
  ["outcome", "waiting_human"],
  ["timer", "waiting_async"],
  ["callback", "waiting_async"],
  ["event", "waiting_async"],
  ["retry", "waiting_async"],
]);

const mostHumanFirst: readonly RunStatus[] = [
  "waiting_approval",
  "waiting_form",
  "waiting_human",
  "waiting_async",
  "running",
  "pending",
];
