import type { RunAttempt } from "@/core/contracts/run";
import type { FailedAttempt } from "./journal";
import type { StepRow } from "./step-store";

/** Every try of one step over all generations, oldest first and counted through: a retry keeps what failed before it. */
export function attemptsOf(rows: readonly StepRow[]): RunAttempt[] {
  return rows
    .toSorted((left, right) => left.generation - right.generation)
    .flatMap(triesOf)
    .map((attempt, index) => ({ n: index + 1, ...attempt }));
}

/** The rows of each step: one per generation that came to it. */
export function byKey(rows: readonly StepRow[]): Map<string, StepRow[]> {
  const groups = new Map<string, StepRow[]>();
  for (const row of rows) groups.set(row.key, [...(groups.get(row.key) ?? []), row]);
  return groups;
}

type Try = Omit<RunAttempt, "n">;

function triesOf(row: StepRow): Try[] {
  // Written by the driver in this shape only.
  const failed = (row.attempts as FailedAttempt[] | null) ?? [];
  const tries = failed.map((tried): Try => failedTry(row.generation, tried));
  const isTold = failed.at(-1)?.n === row.attempt && row.status !== "completed";
  const status = tryStatuses[row.status];
  if (isTold || status === undefined) return tries;
  return [
    ...tries,
    {
      generation: row.generation,
      status,
      error: row.status === "completed" ? null : (row.error as RunAttempt["error"]),
      startedAt: row.startedAt?.toISOString() ?? null,
      endedAt: row.endedAt?.toISOString() ?? null,
      durationMs: row.durationMs,
    },
  ];
}

/** A step that was skipped or not reached was not tried. */
const tryStatuses: Readonly<Record<string, RunAttempt["status"]>> = {
  running: "running",
  waiting: "waiting",
  completed: "completed",
  failed: "failed",
  cancelled: "cancelled",
};

function failedTry(generation: number, { at, ms, error, interrupted }: FailedAttempt): Try {
  return {
    generation,
    status: "failed",
    error,
    startedAt: at,
    endedAt: new Date(Date.parse(at) + ms).toISOString(),
    durationMs: ms,
    ...(interrupted ? { interrupted } : {}),
  };
}
