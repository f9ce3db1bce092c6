import type { Actor } from "@/server/db/tenant";
import type { Decider } from "./policy";
import { memberDecider } from "./principal";
import type { ApprovalRow } from "./repository";
import { readDelegations } from "./request";

/**
 * In whose name this person decides each of these, where it was given to them and they are not asked themselves. Whether they may is
 * for the policy to say. By the approval's id.
 */
export async function delegatorsOf(
  actor: Actor,
  rows: readonly ApprovalRow[],
  actorRefs: readonly string[],
): Promise<ReadonlyMap<string, Decider>> {
  const given = rows.flatMap((row) => {
    const delegation = readDelegations(row.delegations).find(({ to }) => to === actor.userId);
    const isAsked = row.assignees.some((ref) => actorRefs.includes(ref));
    return delegation === undefined || isAsked ? [] : [[row.id, delegation.from] as const];
  });
  const people = new Map<string, Decider | null>();
  for (const [, from] of given)
    if (!people.has(from)) people.set(from, await memberDecider(actor.organizationId, from));
  return new Map(
    given.flatMap(([id, from]) => {
      const person = people.get(from) ?? null;
      return person === null ? [] : [[id, person] as const];
    }),
  );
}
