import type { JsonObject } from "@/core/json";
import { createLookup } from "@/server/db/lookup";
import type { RunNews } from "@/server/db/live";
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
  const { rows } = await hotPool().query<{ id: string; outcome: RunOutcome }>({
    name: "run_outcomes",
    text: "select id, run_end(r) as outcome from runs_by_id($1::uuid[]) r",
    values: [ids],
  });
  return new Map(rows.map(({ id, outcome }): [string, RunOutcome] => [id, outcome]));
});

/** The same from what was said of the run's end; null where that did not say it. */
export const outcomeIn = (news: RunNews | null): RunOutcome | null =>
  // Made by the same SQL function.
  typeof news?.end === "string" ? (JSON.parse(news.end) as RunOutcome) : null;
