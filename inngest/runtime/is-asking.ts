import type { RunSession } from "./run-session";

/** True while a person is being asked about an unknown outcome: a time limit must not close that question. */
export function isAsking(session: RunSession): boolean {
  return [...session.rows.values()].some((row) => row.status === "waiting" && row.engine?.intent === true);
}
