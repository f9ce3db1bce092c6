import type { JsonObject } from "@/core/json";
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

export async function findRunOutcome(runId: string): Promise<RunOutcome | null> {
  const { rows } = await hotPool().query<RunOutcome>({
    name: "run_outcome",
    text: 'select status, version, output, error, cancel_reason as "cancelReason", end_message as message from runs where id = $1',
    values: [runId],
  });
  return rows[0] ?? null;
}
