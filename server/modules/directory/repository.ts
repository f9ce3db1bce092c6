import { ruleDocumentSchema, type LiveRule } from "@/core/approver-rules/document";
import { workingCalendarSchema } from "@/core/schedule/calendar";
import type { KnownCalendar } from "@/core/schedule/choose-calendar";
import { prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";

export interface Member {
  userId: string;
  name: string;
  email: string;
  role: string;
  businessRoles: string[];
}

export async function listMembers(organizationId: OrganizationId): Promise<Member[]> {
  const rows = await prisma().membership.findMany({
    where: { organizationId, user: { deactivatedAt: null } },
    select: { userId: true, role: true, businessRoles: true, user: { select: { name: true, email: true } } },
  });
  return rows.map((row) => ({
    userId: row.userId,
    role: row.role,
    businessRoles: row.businessRoles,
    name: row.user.name,
    email: row.user.email,
  }));
}

export async function listTeams(
  organizationId: OrganizationId,
): Promise<{ id: string; slug: string; name: string; memberIds: string[] }[]> {
  return prisma().team.findMany({
    where: { organizationId },
    select: { id: true, slug: true, name: true, memberIds: true },
  });
}

export async function listBusinessRoles(organizationId: OrganizationId): Promise<{ slug: string; name: string }[]> {
  return prisma().businessRole.findMany({ where: { organizationId }, select: { slug: true, name: true } });
}

export async function findContact(
  organizationId: OrganizationId,
  ref: string,
): Promise<{ name: string; email: string | null; phone: string | null } | null> {
  const select = { name: true, email: true, phone: true } as const;
  const byEmail = ref.includes("@");
  return prisma().contact.findFirst({
    where: { organizationId, ...(byEmail ? { email: ref.toLowerCase() } : { id: ref }) },
    select,
  });
}

/** Tables of approver rules as they are live, by name; that of one key, or all. */
export async function listLiveRules(organizationId: OrganizationId, key: string | null): Promise<LiveRule[]> {
  const rows = await prisma().$queryRaw<{ key: string; name: string; version: number; document: unknown }[]>`
    select r.key, r.name, v.number as version, v.document
    from approver_rules r join approver_rule_versions v on v.rule_id = r.id and v.number = r.live_version
    where r.organization_id = ${organizationId}::uuid and r.deleted_at is null and (${key}::text is null or r.key = ${key})
    order by r.name, r.key`;
  return rows.map(({ document, ...row }) => ({ ...row, document: ruleDocumentSchema.parse(document) }));
}

export function listCalendarNames(organizationId: OrganizationId): Promise<{ slug: string; name: string }[]> {
  return prisma().calendar.findMany({
    where: { organizationId },
    orderBy: [{ name: "asc" }, { slug: "asc" }],
    select: { slug: true, name: true },
  });
}

/** Those that a step can mean: the one of this slug, those of the teams that are asked, and the organization's own. */
export async function listCalendarsMeant(
  organizationId: OrganizationId,
  slug: string,
  asked: readonly string[],
): Promise<KnownCalendar[]> {
  const rows = await prisma().$queryRaw<(Omit<KnownCalendar, "hours" | "holidays"> & { days: unknown })[]>`
    select c.slug, c.name, c.zone, c.is_default as "isDefault", json_build_object('zone', c.zone, 'hours', c.hours, 'holidays', c.holidays) as days,
      array(select t.id::text from teams t where t.organization_id = c.organization_id and t.calendar_id = c.id and 'team:' || t.id = any(${[...asked]})) as teams
    from calendars c
    where c.organization_id = ${organizationId}::uuid and (c.slug = ${slug} or c.is_default
      or c.id in (select t.calendar_id from teams t where t.organization_id = ${organizationId}::uuid and 'team:' || t.id = any(${[...asked]})))`;
  return rows.map(({ days, ...row }) => ({ ...row, ...workingCalendarSchema.parse(days) }));
}
