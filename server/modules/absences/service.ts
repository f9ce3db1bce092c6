import type { AbsenceItem, SetAbsence } from "@/core/contracts/absence";
import { resolveRef, splitRef } from "@/core/directory";
import { AppError } from "@/core/errors";
import { isUuid, newId } from "@/core/ids";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireStanding } from "@/server/auth/standing";
import { announcePeople, lockPeople } from "@/server/db/people-lock";
import { requireScope, type Actor, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { env } from "@/server/env";
import { directoryFacts, memberNames } from "@/server/modules/directory/service";
import { deputyWords } from "./deputy-words";
import * as repository from "./repository";

/** A person plans no more than this. */
const mostComing = 20;

/** Who is away, and who will be; earliest first. */
export async function listAbsences(actor: Actor): Promise<AbsenceItem[]> {
  requireScope(actor, "members:read");
  return toItems(actor, await repository.listAbsences(actor.organizationId, new Date()));
}

/**
 * Says that somebody is away: oneself, or anybody where an administrator does. Naming a deputy gives a power away, so it takes a
 * recent password. The deputy is told.
 */
export async function setAbsence(actor: UserActor, given: SetAbsence): Promise<AbsenceItem> {
  requireScope(actor, "absences:write");
  const { organizationId } = actor;
  const now = new Date();
  const people = await directoryFacts(organizationId);
  const personOf = (ref: string, path: "user" | "deputy"): string => {
    const [kind, id] = splitRef(resolveRef(people, ref.startsWith("usr_") || isUuid(ref) ? `user:${ref}` : ref) ?? "");
    if (kind === "user") return id;
    const message = "This is no active member of your organization. Choose a colleague.";
    // Whose absence it is names the thing, as an address would; a deputy is a value of it.
    throw path === "user" ? new AppError("not_found", message) : unfit(path, message);
  };
  const userId = given.user === undefined ? actor.userId : personOf(given.user, "user");
  const isOther = userId !== actor.userId;
  if (isOther) requireScope(actor, "members:manage");
  const deputyId = given.deputy ? personOf(given.deputy, "deputy") : null;
  if (deputyId === userId) throw unfit("deputy", "Nobody is their own deputy. Choose a colleague, or nobody.");
  if (deputyId !== null) requireRecentProof(actor);
  const { fromAt, untilAt } = timesOf(given, now);
  const found = await repository.findWorkflows(organizationId, { slugs: given.workflows });
  for (const [index, slug] of given.workflows.entries())
    if (!found.some((workflow) => workflow.slug === slug))
      throw unfit(`workflows[${String(index)}]`, `There is no workflow "${slug}".`);
  const names = await memberNames(organizationId);
  const row = await withTransaction(async (tx) => {
    await requireStanding(tx, actor, "absences:write", ...(isOther ? (["members:manage"] as const) : []));
    await lockPeople(tx, organizationId);
    if (deputyId !== null && !(await repository.mayBeDeputy(tx, organizationId, deputyId)))
      throw unfit("deputy", `${names.get(deputyId) ?? "This person"} may not decide approvals. Choose somebody else.`);
    if (await repository.findOverlapping(tx, organizationId, { userId, fromAt, untilAt }))
      throw new AppError(
        "conflict",
        `${isOther ? `${names.get(userId) ?? "This person"} is` : "You are"} away in that time already. End that absence first, or choose another time.`,
      );
    if ((await repository.countComing(tx, organizationId, userId, now)) >= mostComing)
      throw new AppError("conflict", "That many absences are planned already. End one that is not needed first.");
    const made = await repository.insertAbsence(tx, {
      id: newId(),
      organizationId,
      userId,
      fromAt,
      untilAt,
      deputyId,
      workflowIds: found.map(({ id }) => id),
      limitAmount: given.limit?.amount ?? null,
      limitCurrency: given.limit?.currency ?? null,
      note: given.note === undefined || given.note === "" ? null : given.note,
      setBy: actor.userId,
    });
    await writeAudit(tx, actor, "absence.set", { type: "user", id: userId }, auditFacts(made));
    if (deputyId !== null)
      await repository.tellDeputy(tx, organizationId, {
        userId: deputyId,
        from: names.get(userId) ?? actor.name,
        ...deputyWords({
          name: names.get(userId) ?? actor.name,
          from: fromAt,
          until: untilAt,
          workflows: found.map(({ name }) => name),
          limit: given.limit,
          note: made.note,
          link: `${env().HOLDPOINT_BASE_URL.replace(/\/$/, "")}/settings/people`,
        }),
      });
    await announcePeople(tx, organizationId, "notices");
    return made;
  });
  const [item] = await toItems(actor, [row]);
  if (!item) throw notFound();
  return item;
}

/** Ends one before its time, or calls one off that is still to come: one's own, or anybody's where an administrator does. */
export async function endAbsence(actor: UserActor, id: string): Promise<void> {
  requireScope(actor, "absences:write");
  if (!isUuid(id)) throw notFound();
  const { organizationId } = actor;
  await withTransaction(async (tx) => {
    await requireStanding(tx, actor, "absences:write");
    await lockPeople(tx, organizationId);
    const row = await repository.findAbsence(tx, organizationId, id);
    if (!row) throw notFound();
    if (row.userId !== actor.userId) {
      requireScope(actor, "members:manage");
      await requireStanding(tx, actor, "members:manage");
    }
    if (!(await repository.endAbsence(tx, organizationId, id, new Date())))
      throw new AppError("conflict", "This absence is over already.");
    await writeAudit(tx, actor, "absence.ended", { type: "user", id: row.userId }, auditFacts(row));
    await announcePeople(tx, organizationId, "notices");
  });
}

function timesOf({ from, until }: SetAbsence, now: Date): { fromAt: Date; untilAt: Date | null } {
  // What begins in the past begins now: nobody was away before they said so.
  const fromAt = from === undefined || Date.parse(from) < now.getTime() ? now : new Date(from);
  const untilAt = until ? new Date(until) : null;
  if (untilAt !== null && untilAt <= fromAt)
    throw unfit("until", "The absence ends before it begins. Choose a later end.");
  return { fromAt, untilAt };
}

async function toItems(actor: Actor, rows: readonly repository.AbsenceRow[]): Promise<AbsenceItem[]> {
  if (rows.length === 0) return [];
  const [names, workflows] = await Promise.all([
    memberNames(actor.organizationId),
    repository.findWorkflows(actor.organizationId, { ids: [...new Set(rows.flatMap((row) => row.workflowIds))] }),
  ]);
  const named = (id: string) => ({ id, name: names.get(id) ?? "Somebody who left" });
  const now = new Date();
  return rows.map((row) => ({
    id: row.id,
    user: named(row.userId),
    from: row.fromAt.toISOString(),
    until: row.untilAt?.toISOString() ?? null,
    is_away: row.fromAt <= now,
    deputy: row.deputyId === null ? null : named(row.deputyId),
    workflows: row.workflowIds.map((id) => {
      const found = workflows.find((workflow) => workflow.id === id);
      return { slug: found?.slug ?? "", name: found?.name ?? "A deleted workflow" };
    }),
    limit: limitOf(row),
    note: row.note,
    set_by: named(row.setBy).name,
  }));
}

function limitOf({ limitAmount, limitCurrency }: repository.AbsenceRow): AbsenceItem["limit"] {
  return limitAmount === null || limitCurrency === null
    ? null
    : { amount: limitAmount.toNumber(), currency: limitCurrency };
}

function auditFacts(row: repository.AbsenceRow) {
  return {
    absenceId: row.id,
    from: row.fromAt.toISOString(),
    until: row.untilAt?.toISOString() ?? null,
    deputy: row.deputyId,
    workflows: row.workflowIds,
    limit: limitOf(row),
  };
}

function unfit(path: string, message: string): AppError {
  return new AppError("validation_failed", message, [{ code: "invalid_value", path, message }]);
}

function notFound(): AppError {
  return new AppError("not_found", "There is no such absence.");
}
