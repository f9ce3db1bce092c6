import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import type { Scope } from "@/core/permissions";
import { standingFacts } from "@/server/auth/standing";
import { hasScope, type Actor, type UserActor } from "@/server/db/tenant";
import { assigneeRefsOf, directoryFacts } from "@/server/modules/directory/service";
import { findDeputies } from "./deputies-store";

/** What everybody reads of somebody who answered in a name. `wasAway`: as the deputy of whoever was away. */
export function inNameOf(name: string, principal: string, wasAway: boolean): string {
  return `${name} for ${principal}${wasAway ? ", who was away" : ""}`;
}

/** An answer in the name of a member who is away; for `resolveOrRefuse`. */
export interface InName {
  shownAs: string;
  asked: JsonObject;
  resolution: { onBehalfOf: { id: string; name: string; email: string; wasAway: true } };
}

/**
 * What is asked of certain people is theirs to answer, or their deputies' while they are away; what is asked of nobody in particular is
 * open to colleagues. Null: it is answered in one's own name. `scope`: the right that answering takes.
 */
export async function requireAsked(
  actor: Actor,
  { id, assignees }: { id: string; assignees: readonly string[] },
  scope: Scope,
  refusal: string,
): Promise<InName | null> {
  if (assignees.length === 0) return null;
  const refs = await assigneeRefsOf(actor);
  if (assignees.some((ref) => refs.includes(ref))) return null;
  const deputy = (await findDeputies(actor.organizationId, [id])).find(({ to }) => to === actor.userId);
  const { members } = await directoryFacts(actor.organizationId);
  const absent = members.find(({ userId }) => userId === deputy?.from);
  if (deputy === undefined || absent === undefined) {
    if (hasScope(actor, "approvals:decide:any")) return null;
    throw new AppError("not_an_assignee", refusal);
  }
  const person: UserActor = { ...actor, userId: deputy.to };
  return {
    shownAs: inNameOf(actor.name, absent.name, true),
    asked: { ...standingFacts(person, scope), assignees: [...assignees], principal: absent.userId, delegated: true },
    resolution: { onBehalfOf: { id: absent.userId, name: absent.name, email: absent.email, wasAway: true } },
  };
}
