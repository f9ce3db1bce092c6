import { z } from "zod";
import type { JsonObject } from "@/core/json";
import { hotPool } from "@/server/db/pools";

const begun = z.union([
  z.object({ ok: z.literal(true), count: z.number() }),
  z.object({ ok: z.literal(false), reason: z.enum(["settled", "under_way"]) }),
]);

/** Begins to try all again that failed like one run; see prisma/functions/24-repair-rounds.sql. */
export async function beginRound(args: JsonObject): Promise<z.infer<typeof begun>> {
  const { rows } = await hotPool().query<{ answer: unknown }>({
    name: "repair_round_begin",
    text: "select begin_repair_round($1) as answer",
    values: [JSON.stringify(args)],
  });
  return begun.parse(rows[0]?.answer);
}

const due = z.object({
  state: z.enum(["first", "rest", "done", "stopped", "gone"]),
  /** Positions that are to be tried now. */
  next: z.array(z.number()),
  /** How many tries have come to nothing yet. */
  trying: z.number(),
});
export type RoundDue = z.infer<typeof due>;

export async function nextOfRound(roundId: string, isLate: boolean): Promise<RoundDue> {
  const { rows } = await hotPool().query<{ answer: unknown }>({
    name: "repair_round_next",
    text: "select next_of_repair_round($1, $2) as answer",
    values: [roundId, isLate],
  });
  return due.parse(rows[0]?.answer);
}

interface TryRow {
  runId: string;
  organizationId: string;
  userId: string;
  /** With which it goes on; null: its own. */
  version: number | null;
  proof: { address: string | null; auth: string };
}

/** A run of a round that is still to be tried; null when it was. */
export async function findTry(roundId: string, position: number): Promise<TryRow | null> {
  const { rows } = await hotPool().query<TryRow>({
    name: "repair_try",
    text: `select t.run_id as "runId", t.organization_id as "organizationId", d.user_id as "userId", d.version, d.proof
      from repair_tries t join repair_rounds d on d.id = t.round_id
      where t.round_id = $1 and t.position = $2 and t.result = 'waiting'`,
    values: [roundId, position],
  });
  return rows[0] ?? null;
}

/** It was not tried: somebody was faster, or whoever began the round may not do it any more. */
export async function leaveOut(roundId: string, position: number): Promise<void> {
  await hotPool().query({
    name: "repair_try_left",
    text: "update repair_tries set result = 'left_out' where round_id = $1 and position = $2 and result = 'waiting'",
    values: [roundId, position],
  });
}
