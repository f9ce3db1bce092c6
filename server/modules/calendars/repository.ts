import { workingCalendarSchema, type WorkingCalendar } from "@/core/schedule/calendar";
import { prisma, type Prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

const columns = {
  id: true,
  slug: true,
  name: true,
  zone: true,
  hours: true,
  holidays: true,
  isDefault: true,
  revision: true,
  updatedById: true,
  updatedAt: true,
} satisfies Prisma.CalendarSelect;

type Stored = Prisma.CalendarGetPayload<{ select: typeof columns }>;
export type CalendarRow = Omit<Stored, "zone" | "hours" | "holidays"> & { calendar: WorkingCalendar };

export async function listCalendars(organizationId: OrganizationId): Promise<CalendarRow[]> {
  const rows = await prisma().calendar.findMany({
    where: { organizationId },
    orderBy: [{ name: "asc" }, { slug: "asc" }],
    select: columns,
  });
  return rows.map(readRow);
}

export async function findCalendar(
  tx: Transaction,
  organizationId: OrganizationId,
  slug: string,
): Promise<CalendarRow | null> {
  const row = await tx.calendar.findFirst({ where: { organizationId, slug }, select: columns });
  return row && readRow(row);
}

export function countCalendars(tx: Transaction, organizationId: OrganizationId): Promise<number> {
  return tx.calendar.count({ where: { organizationId } });
}

export interface WrittenCalendar {
  id: string;
  slug: string;
  name: string;
  calendar: WorkingCalendar;
  isDefault: boolean;
  userId: string;
}

/** Makes it, or writes it over. At most one is the organization's own. */
export async function putCalendar(
  tx: Transaction,
  organizationId: OrganizationId,
  { id, slug, name, calendar: { zone, hours, holidays }, isDefault, userId }: WrittenCalendar,
): Promise<CalendarRow> {
  if (isDefault)
    await tx.calendar.updateMany({
      where: { organizationId, isDefault: true, slug: { not: slug } },
      data: { isDefault: false },
    });
  const written = { name, zone, hours, holidays, isDefault, updatedById: userId, updatedAt: new Date() };
  const row = await tx.calendar.upsert({
    where: { organizationId_slug: { organizationId, slug } },
    create: { id, organizationId, slug, ...written },
    update: { ...written, revision: { increment: 1 } },
    select: columns,
  });
  return readRow(row);
}

export async function deleteCalendar(tx: Transaction, organizationId: OrganizationId, id: string): Promise<void> {
  await tx.calendar.deleteMany({ where: { organizationId, id } });
}

export interface CalendarTeam {
  calendarId: string;
  id: string;
  name: string;
}

/** The teams that work by a calendar, by name. */
export async function listTeams(
  organizationId: OrganizationId,
  client: Pick<Transaction, "team"> = prisma(),
): Promise<CalendarTeam[]> {
  const rows = await client.team.findMany({
    where: { organizationId, calendarId: { not: null } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true, calendarId: true },
  });
  return rows.flatMap(({ calendarId, ...team }) => (calendarId === null ? [] : [{ ...team, calendarId }]));
}

export interface CalendarUse {
  calendar: string;
  slug: string;
  name: string;
}

/** Live workflows with a step that names one of these calendars, by name. */
export function listUses(
  organizationId: OrganizationId,
  slugs: readonly string[],
  client: Pick<Transaction, "$queryRaw"> = prisma(),
): Promise<CalendarUse[]> {
  return client.$queryRaw<CalendarUse[]>`
    select distinct said #>> '{}' as calendar, w.slug, w.name
    from workflows w
    join workflow_versions v on v.workflow_id = w.id and v.number = w.published_version
    cross join lateral jsonb_path_query(v.spec::jsonb, 'lax $.**.nodes[*].calendar') said
    where w.organization_id = ${organizationId}::uuid and w.archived_at is null and w.status <> 'retired'
      and said #>> '{}' = any(${[...slugs]})
    order by w.name, w.slug`;
}

function readRow({ zone, hours, holidays, ...row }: Stored): CalendarRow {
  return { ...row, calendar: workingCalendarSchema.parse({ zone, hours, holidays }) };
}
