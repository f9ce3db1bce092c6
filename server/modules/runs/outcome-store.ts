import type { JsonObject } from "@/core/json";
import { createLookup } from "@/server/db/lookup";
import { hotPool } from "@/server/db/pools";

export interface RunOutcome {
  status: string;
  version: number;
  output: unknown;
  error: JsonObject | null;
  cancelReason: string | null;
  /** What its end step said. */
  message: string | null;
}

/** How a run stands or came to its end; null when there is none. */
export const findRunOutcome = createLookup(async (ids) => {
  const { rows } = await hotPool().query<RunOutcome & { id: string }>({
    name: "run_outcomes",
    text: `select id, status, version, output, error, cancel_reason as "cancelReason", end_message as message from runs_by_id($1::uuid[])`,
    values: [ids],
  });
  return new Map(rows.map(({ id, ...outcome }): [string, RunOutcome] => [id, outcome]));
});
