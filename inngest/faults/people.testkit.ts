import type { Pool } from "pg";
import { isPassing } from "@/server/db/write-errors";
import type { OpenWaitpoint, WayIn } from "./way-in.testkit";

/** Answers every approval and form that somebody is there for, until stopped: also while everything else breaks. */
export function startPeople(
  pool: Pool,
  wayIn: Pick<WayIn, "answer">,
): { /** Why somebody gave up. */ failures: string[]; stop(): Promise<void> } {
  const stopping = new AbortController();
  const failures: string[] = [];
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      await answerOpen().catch((error: unknown) => {
        if (!isPassing(error)) throw error;
      });
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  })().catch((error: unknown) => {
    failures.push(String(error));
  });

  async function answerOpen(): Promise<void> {
    const { rows } = await pool.query<OpenWaitpoint>(
      `select id, organization_id as "organizationId", kind from waitpoints
       where kind in ('approval', 'form') and status = 'open' and not 'role:nobody' = any(assignees) limit 20`,
    );
    await Promise.all(rows.map((waitpoint) => wayIn.answer(waitpoint)));
  }

  return {
    failures,
    stop: async () => {
      stopping.abort();
      await loop;
    },
  };
}
