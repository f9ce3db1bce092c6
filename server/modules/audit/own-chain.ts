import type { ChainState, ChainCheck } from "@/core/contracts/audit";
import { requireScope, type Actor } from "@/server/db/tenant";
import { noteAct } from "@/server/db/transaction";
import { onConnection } from "./line-store";
import { listHeads } from "./store";
import { verifyChain } from "./verify";

/** The newest seal of the organization; null before the first. Nothing is verified by it. */
export async function readChain(actor: Actor): Promise<ChainState> {
  requireScope(actor, "audit:read");
  const [head] = await onConnection((client) => listHeads(client, [actor.organizationId]));
  return {
    head: head === undefined ? null : { hash: head.hash, upTo: head.lastId, at: head.sealedAt },
    command: `npm run audit -- verify ${actor.organizationId}`,
  };
}

/** On a page as many lines are checked as take a moment; the command checks all. */
const mostChecked = 50_000;

/** Computes the newest links again from the lines that are there. That somebody looked is a line itself. */
export async function checkChain(actor: Actor): Promise<ChainCheck> {
  requireScope(actor, "audit:read");
  const { problem, sealed, unsealed, after, upTo } = await onConnection((client) =>
    verifyChain(client, actor.organizationId, { most: mostChecked }),
  );
  await noteAct(
    actor,
    "audit.verified",
    { type: "audit", id: actor.organizationId },
    { whole: problem === null, lines: sealed, after, upTo },
  );
  return { problem, lines: sealed, unsealed, after, upTo, at: new Date().toISOString() };
}
