import type { Actor } from "@/server/db/tenant";
import { findDeputies, type Deputy } from "@/server/modules/runs/service";
import type { Decider } from "./policy";
import { memberDecider } from "./principal";
import type { ApprovalRow } from "./repository";
import { readDelegations } from "./request";

/** In whose name somebody decides. `isAway`: because that person is away, not because they gave it to somebody. */
export type Delegator = Decider & { isAway: boolean };

/** Who may decide these in the name of somebody who is away. By the approval's id. */
export async function deputiesOf(
  actor: Actor,
  rows: readonly ApprovalRow[],
): Promise<ReadonlyMap<string, readonly Deputy[]>> {
  const open = rows.filter(({ status }) => status === "open").map(({ id }) => id);
  const found = await findDeputies(actor.organizationId, open);
  return new Map(found.map(({ id }) => [id, found.filter((each) => each.id === id)]));
}

/**
 * In whose name this person decides each of these, where it was given to them, or because somebody is away, and they are not asked
 * themselves. Whether they may is for the policy to say. By the approval's id.
 */
export async function delegatorsOf(
  actor: Actor,
  rows: readonly ApprovalRow[],
  actorRefs: readonly string[],
  deputies: ReadonlyMap<string, readonly Deputy[]>,
): Promise<ReadonlyMap<string, Delegator>> {
  const given = rows.flatMap((row) => {
    if (row.assignees.some((ref) => actorRefs.includes(ref))) return [];
    const delegation = readDelegations(row.delegations).find(({ to }) => to === actor.userId);
    const deputy = deputies.get(row.id)?.find(({ to }) => to === actor.userId);
    const from = delegation?.from ?? deputy?.from;
    return from === undefined ? [] : [{ id: row.id, from, isAway: delegation === undefined }];
  });
  const people = new Map<string, Decider | null>();
  for (const { from } of given)
    if (!people.has(from)) people.set(from, await memberDecider(actor.organizationId, from));
  return new Map(
    given.flatMap(({ id, from, isAway }) => {
      const person = people.get(from) ?? null;
      return person === null ? [] : [[id, { ...person, isAway }] as const];
    }),
  );
}
