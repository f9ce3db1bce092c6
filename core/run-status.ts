/** Where a run stands. */
export const runStatuses = [
  "pending",
  "running",
  "paused",
  "waiting_async",
  "waiting_approval",
  "waiting_human",
  "waiting_form",
  "completed",
  "failed",
  "cancelled",
] as const;
export type RunStatus = (typeof runStatuses)[number];
