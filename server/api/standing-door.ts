import type { Scope } from "@/core/permissions";
import { whileStanding } from "@/server/auth/standing";
import type { UserActor } from "@/server/db/tenant";
import { liveActs } from "./live-acts";

/** Beside the live acts, what gives power away or takes evidence out of the world. */
const others: ReadonlySet<string> = new Set([
  "library.deleteForever",
  "sessions.endOfMember",
  "DELETE /api/v1/members/{id}/sessions",
  "POST /api/v1/api-keys",
  "POST /api/v1/connections",
  "POST /api/v1/legal-holds/{id}/lift",
  "PUT /api/v1/retention",
]);

/**
 * Does what was asked for. Where that is sensitive, the right to it is looked at once more in the transaction that does it: keys are
 * remembered for a second, and a notice of somebody's end takes its time to reach every process. Rights that the actor does not have are
 * left to who refuses them.
 */
export function throughStandingDoor<T>(
  actor: UserActor,
  { act, scope }: { act: string; scope: Scope | null },
  work: () => Promise<T>,
): Promise<T> {
  const live = liveActs[act];
  if (live === undefined && !others.has(act)) return work();
  const wanted = new Set([scope, live].filter((each) => each !== null && each !== undefined));
  return whileStanding(
    actor,
    [...wanted].filter((each) => actor.scopes.has(each)),
    work,
  );
}
