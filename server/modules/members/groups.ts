import type { z } from "zod";
import {
  mostGroups,
  type changeMemberSchema,
  type GroupKind,
  type MemberGroup,
  type removeGroupSchema,
  type saveGroupSchema,
} from "@/core/contracts/member";
import { AppError } from "@/core/errors";
import { isUuid, newId } from "@/core/ids";
import { permissionRoles } from "@/core/permissions";
import { slugOf } from "@/core/slug-of";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireStanding } from "@/server/auth/standing";
import { announcePeople, lockPeople } from "@/server/db/people-lock";
import { requireScope, type Actor, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit, type Transaction } from "@/server/db/transaction";
import * as repository from "./repository";
import { giveCalendar } from "./team-calendar";

/** The business roles and teams of the organization. */
export async function listGroups(actor: Actor): Promise<MemberGroup[]> {
  requireScope(actor, "members:read");
  return repository.listGroups(actor.organizationId);
}

/** Gives a member exactly these business roles and teams. Refused where a live workflow asks one of those they lose, and nobody is left in it. */
export async function changeMember(
  actor: UserActor,
  { memberId, roles, teams }: z.output<typeof changeMemberSchema>,
): Promise<void> {
  requireScope(actor, "members:manage");
  requireRecentProof(actor);
  const { organizationId } = actor;
  await changing(actor, async (tx) => {
    const before = await repository.findHeld(tx, organizationId, memberId);
    if (!before) throw new AppError("not_found", "There is no such member.");
    const wanted = { role: new Set(roles), team: new Set(teams) };
    for (const kind of ["role", "team"] as const) for (const id of wanted[kind]) await existing(tx, actor, kind, id);
    // What a member holds that is in no list any more stays as it is taken away: nobody is asked by it.
    const lost = [
      ...before.roles.filter((id) => !wanted.role.has(id)).map((id) => ({ kind: "role" as const, id })),
      ...before.teams.filter((id) => !wanted.team.has(id)).map((id) => ({ kind: "team" as const, id })),
    ];
    const groups = (
      await Promise.all(lost.map(({ kind, id }) => repository.findGroup(tx, organizationId, kind, id)))
    ).filter((group) => group !== null);
    const there = new Map<string, boolean>();
    for (const group of groups) there.set(group.id, await repository.hasAnswering(tx, organizationId, group));
    await repository.putHeld(tx, organizationId, memberId, { roles: [...wanted.role], teams: [...wanted.team] });
    for (const group of groups) {
      if (there.get(group.id) !== true || (await repository.hasAnswering(tx, organizationId, group))) continue;
      await requireNotAsked(tx, actor, group, "nobody else is in it who may answer. Give it to somebody else first");
    }
    await writeAudit(
      tx,
      actor,
      "member.changed",
      { type: "user", id: memberId },
      { before, after: { roles: [...wanted.role], teams: [...wanted.team] } },
    );
  });
}

/** Makes a business role or team, or gives it another name; a team a working calendar, which takes a recent password. Steps keep calling a role what it was called at first. */
export async function saveGroup(
  actor: UserActor,
  { kind, id, name, calendar }: z.output<typeof saveGroupSchema>,
): Promise<{ id: string }> {
  requireScope(actor, "members:manage");
  if (calendar !== undefined) {
    requireRecentProof(actor);
    if (kind === "role") throw unfit("Only teams have working hours.", "calendar");
  }
  const { organizationId } = actor;
  return changing(actor, async (tx) => {
    if (id !== null) {
      const group = await existing(tx, actor, kind, id);
      if (name !== group.name) {
        await repository.renameGroup(tx, organizationId, { ...group, name });
        await writeAudit(
          tx,
          actor,
          "member_group.renamed",
          { type: `business_${kind}`, id },
          { from: group.name, to: name },
        );
      }
      if (calendar !== undefined) await giveCalendar(tx, actor, { id, name }, calendar);
      return { id };
    }
    const slug = slugOf(name, "_");
    if (slug === "") throw unfit("Give it a name with letters or digits.");
    const all = await repository.listGroups(organizationId);
    const same = all.filter((group) => group.kind === kind);
    const isTaken = same.some((group) => (kind === "role" ? group.id === slug : slugOf(group.name, "_") === slug));
    if (isTaken) throw unfit(`There is a ${kind} of this name already. Choose another name.`);
    if (kind === "role" && permissionRoles.some((role) => role === slug))
      throw unfit(`"${name}" says what members may do here. Choose another name.`);
    if (same.length >= mostGroups)
      throw new AppError("conflict", `There are ${String(mostGroups)} of them already. Remove one that nobody needs.`);
    const made = { kind, id: kind === "role" ? slug : newId(), slug, name };
    await repository.insertGroup(tx, organizationId, made);
    await writeAudit(tx, actor, "member_group.created", { type: `business_${kind}`, id: made.id }, { name });
    if (calendar !== undefined) await giveCalendar(tx, actor, made, calendar);
    return { id: made.id };
  });
}

/** Removes one, from its members too. Refused as long as a live workflow asks it. */
export async function removeGroup(actor: UserActor, { kind, id }: z.output<typeof removeGroupSchema>): Promise<void> {
  requireScope(actor, "members:manage");
  requireRecentProof(actor);
  await changing(actor, async (tx) => {
    const group = await existing(tx, actor, kind, id);
    await requireNotAsked(tx, actor, group, "nobody would be left. Ask somebody else there first");
    await repository.deleteGroup(tx, actor.organizationId, group);
    await writeAudit(tx, actor, "member_group.removed", { type: `business_${kind}`, id }, { name: group.name });
  });
}

function changing<T>(actor: UserActor, work: (tx: Transaction) => Promise<T>): Promise<T> {
  return withTransaction(async (tx) => {
    await requireStanding(tx, actor, "members:manage");
    await lockPeople(tx, actor.organizationId);
    const done = await work(tx);
    await announcePeople(tx, actor.organizationId);
    return done;
  });
}

async function existing(tx: Transaction, actor: Actor, kind: GroupKind, id: string) {
  const group = kind === "team" && !isUuid(id) ? null : await repository.findGroup(tx, actor.organizationId, kind, id);
  if (!group) throw new AppError("not_found", `There is no such ${kind} any more. Look at the list again.`);
  return group;
}

async function requireNotAsked(
  tx: Transaction,
  actor: Actor,
  group: Parameters<typeof repository.namesInSteps>[0] & { name: string },
  why: string,
): Promise<void> {
  const asking = await repository.liveAsking(tx, actor.organizationId, repository.namesInSteps(group));
  if (asking.length === 0) return;
  throw new AppError(
    "conflict",
    `${asking.map((name) => `“${name}”`).join(", ")} ${asking.length === 1 ? "asks" : "ask"} ${group.name}, and ${why}.`,
  );
}

function unfit(message: string, path = "name"): AppError {
  return new AppError("validation_failed", message, [{ code: "invalid_value", path, message }]);
}
