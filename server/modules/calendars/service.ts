import type { CalendarItem, SetCalendar } from "@/core/contracts/calendar";
import { AppError } from "@/core/errors";
import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import { calendarLimits, type Holiday } from "@/core/schedule/calendar";
import { requireRecentProof } from "@/server/auth/recent-proof";
import { requireStanding } from "@/server/auth/standing";
import { announcePeople, lockPeople } from "@/server/db/people-lock";
import { requireScope, type Actor, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit, type Transaction } from "@/server/db/transaction";
import { memberNames } from "@/server/modules/directory/service";
import * as repository from "./repository";
import type { CalendarRow } from "./repository";

/** The working calendars of the organization, by name. */
export async function listCalendars(actor: Actor): Promise<CalendarItem[]> {
  requireScope(actor, "members:read");
  return toItems(actor, await repository.listCalendars(actor.organizationId));
}

/**
 * Makes a calendar, or changes it. Questions that are open keep their deadlines: what is asked from now on counts by it. Of two who change it
 * at once and say what they read, one is told.
 */
export async function setCalendar(actor: UserActor, given: SetCalendar): Promise<CalendarItem> {
  requireScope(actor, "members:manage");
  requireRecentProof(actor);
  const { organizationId, userId } = actor;
  const { slug, name, zone, hours, holidays, is_default: isDefault, revision } = given;
  const row = await withTransaction(async (tx) => {
    await requireStanding(tx, actor, "members:manage");
    await lockPeople(tx, organizationId);
    const before = await repository.findCalendar(tx, organizationId, slug);
    if (revision !== undefined && revision !== (before?.revision ?? 0)) throw changedMeanwhile(revision, before);
    if (before === null && (await repository.countCalendars(tx, organizationId)) >= calendarLimits.calendars)
      throw new AppError(
        "conflict",
        `There are ${String(calendarLimits.calendars)} calendars already. Remove one that nobody needs.`,
      );
    const calendar = { zone, hours, holidays: [...holidays].sort((one, other) => (one.date < other.date ? -1 : 1)) };
    const made = await repository.putCalendar(tx, organizationId, {
      id: newId(),
      slug,
      name,
      calendar,
      isDefault,
      userId,
    });
    await writeAudit(
      tx,
      actor,
      before === null ? "calendar.created" : "calendar.changed",
      { type: "calendar", id: slug },
      { name, ...changesOf(before, made) },
    );
    await announcePeople(tx, organizationId);
    return made;
  });
  const [item] = await toItems(actor, [row]);
  if (!item) throw notFound();
  return item;
}

/** Takes a calendar away. Refused while a live workflow names it or a team works by it. */
export async function removeCalendar(actor: UserActor, slug: string): Promise<void> {
  requireScope(actor, "members:manage");
  requireRecentProof(actor);
  const { organizationId } = actor;
  await withTransaction(async (tx) => {
    await requireStanding(tx, actor, "members:manage");
    await lockPeople(tx, organizationId);
    const row = await repository.findCalendar(tx, organizationId, slug);
    if (!row) throw notFound();
    await requireUnused(tx, actor, row);
    await repository.deleteCalendar(tx, organizationId, row.id);
    await writeAudit(tx, actor, "calendar.removed", { type: "calendar", id: slug }, { name: row.name });
    await announcePeople(tx, organizationId);
  });
}

async function requireUnused(tx: Transaction, { organizationId }: Actor, row: CalendarRow): Promise<void> {
  const workflows = await repository.listUses(organizationId, [row.slug], tx);
  if (workflows.length > 0)
    throw new AppError(
      "conflict",
      `${quoted(workflows)} ${workflows.length === 1 ? "counts" : "count"} by this calendar. Have them count by another one, and publish them first.`,
    );
  const teams = (await repository.listTeams(organizationId, tx)).filter(({ calendarId }) => calendarId === row.id);
  if (teams.length > 0)
    throw new AppError(
      "conflict",
      `${quoted(teams)} ${teams.length === 1 ? "works" : "work"} by this calendar. Give ${teams.length === 1 ? "it" : "them"} another one first.`,
    );
}

function quoted(things: readonly { name: string }[]): string {
  return things
    .slice(0, 3)
    .map(({ name }) => `“${name}”`)
    .join(", ");
}

async function toItems(actor: Actor, rows: readonly CalendarRow[]): Promise<CalendarItem[]> {
  if (rows.length === 0) return [];
  const { organizationId } = actor;
  const [names, teams, uses] = await Promise.all([
    memberNames(organizationId),
    repository.listTeams(organizationId),
    repository.listUses(
      organizationId,
      rows.map(({ slug }) => slug),
    ),
  ]);
  return rows.map(({ id, slug, name, calendar, isDefault, revision, updatedById, updatedAt }) => ({
    slug,
    name,
    ...calendar,
    is_default: isDefault,
    revision,
    updated_at: updatedAt.toISOString(),
    updated_by: names.get(updatedById) ?? "Somebody who left",
    teams: teams.filter(({ calendarId }) => calendarId === id).map((team) => ({ id: team.id, name: team.name })),
    used_by: uses.filter((use) => use.calendar === slug).map((use) => ({ slug: use.slug, name: use.name })),
  }));
}

/** What is different, for the log. */
function changesOf(before: CalendarRow | null, after: CalendarRow): JsonObject {
  const { zone, hours, holidays } = after.calendar;
  const facts: JsonObject = { name: after.name, zone, hours, default: after.isDefault };
  if (before === null) return { after: { ...facts, holidays: holidays.map(holidayText) } };
  const was: JsonObject = {
    name: before.name,
    zone: before.calendar.zone,
    hours: before.calendar.hours,
    default: before.isDefault,
  };
  const changed = Object.keys(facts).filter((key) => JSON.stringify(facts[key]) !== JSON.stringify(was[key]));
  const [had, has] = [new Set(before.calendar.holidays.map(holidayText)), new Set(holidays.map(holidayText))];
  return {
    before: Object.fromEntries(changed.map((key) => [key, was[key] ?? null])),
    after: Object.fromEntries(changed.map((key) => [key, facts[key] ?? null])),
    holidays_added: [...has].filter((text) => !had.has(text)),
    holidays_removed: [...had].filter((text) => !has.has(text)),
  };
}

function holidayText({ date, name, yearly }: Holiday): string {
  return `${date} ${name}${yearly === true ? " (every year)" : ""}`;
}

function changedMeanwhile(revision: number, before: CalendarRow | null): AppError {
  if (before === null)
    return new AppError("conflict", "Somebody removed this calendar meanwhile. Look at the list again.");
  return new AppError(
    "conflict",
    revision === 0
      ? `There is a calendar of this name already: “${before.name}”. Choose another name.`
      : "Somebody else changed this calendar since you opened it. Open it again, then make your change on top of theirs.",
  );
}

function notFound(): AppError {
  return new AppError("not_found", "There is no such calendar any more. Look at the list again.");
}
