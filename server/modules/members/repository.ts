import type { GroupKind, MemberGroup } from "@/core/contracts/member";
import { showId } from "@/core/ids";
import { prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";

export interface MembershipRow {
  role: string;
  businessRoles: string[];
  user: { id: string; name: string; email: string; deactivatedAt: Date | null };
}

export interface TeamRow {
  id: string;
  slug: string;
  name: string;
  memberIds: string[];
}

export function findMemberships(organizationId: OrganizationId): Promise<MembershipRow[]> {
  return prisma().membership.findMany({
    where: { organizationId },
    orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
    select: {
      role: true,
      businessRoles: true,
      user: { select: { id: true, name: true, email: true, deactivatedAt: true } },
    },
  });
}

export function findTeams(organizationId: OrganizationId): Promise<TeamRow[]> {
  return prisma().team.findMany({
    where: { organizationId },
    orderBy: { name: "asc" },
    select: { id: true, slug: true, name: true, memberIds: true },
  });
}

interface Group {
  kind: GroupKind;
  id: string;
  slug: string;
  name: string;
}

/** Roles before teams, by name. */
export function listGroups(organizationId: OrganizationId): Promise<MemberGroup[]> {
  return prisma().$queryRaw<MemberGroup[]>`
    with active as (
      select m.user_id, m.business_roles from memberships m join users u on u.id = m.user_id
      where m.organization_id = ${organizationId}::uuid and u.deactivated_at is null
    )
    select 'role' as kind, b.slug as id, b.name, (select count(*)::int from active where b.slug = any(active.business_roles)) as members, null as calendar
    from business_roles b where b.organization_id = ${organizationId}::uuid
    union all
    select 'team', t.id::text, t.name, (select count(*)::int from active where active.user_id = any(t.member_ids)),
      (select c.slug from calendars c where c.id = t.calendar_id)
    from teams t where t.organization_id = ${organizationId}::uuid
    order by kind, name, id`;
}

export async function findGroup(
  tx: Transaction,
  organizationId: OrganizationId,
  kind: GroupKind,
  id: string,
): Promise<Group | null> {
  if (kind === "role") {
    const role = await tx.businessRole.findFirst({ where: { organizationId, slug: id } });
    return role && { kind, id, slug: role.slug, name: role.name };
  }
  const team = await tx.team.findFirst({ where: { organizationId, id } });
  return team && { kind, id, slug: team.slug, name: team.name };
}

export async function insertGroup(tx: Transaction, organizationId: OrganizationId, group: Group): Promise<void> {
  const { id, slug, name } = group;
  if (group.kind === "role") await tx.businessRole.create({ data: { organizationId, slug, name } });
  else await tx.team.create({ data: { organizationId, id, slug, name } });
}

export async function renameGroup(tx: Transaction, organizationId: OrganizationId, group: Group): Promise<void> {
  const { id, slug, name } = group;
  if (group.kind === "role") await tx.businessRole.updateMany({ where: { organizationId, slug }, data: { name } });
  else await tx.team.updateMany({ where: { organizationId, id }, data: { name } });
}

/** The slug of the calendar that a team works by. */
export async function findTeamCalendar(
  tx: Transaction,
  organizationId: OrganizationId,
  id: string,
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ slug: string }[]>`
    select c.slug from teams t join calendars c on c.id = t.calendar_id
    where t.organization_id = ${organizationId}::uuid and t.id = ${id}::uuid`;
  return row?.slug ?? null;
}

/** False where there is no calendar of this slug. */
export async function putTeamCalendar(
  tx: Transaction,
  organizationId: OrganizationId,
  id: string,
  slug: string | null,
): Promise<boolean> {
  const calendar =
    slug === null ? null : await tx.calendar.findFirst({ where: { organizationId, slug }, select: { id: true } });
  if (slug !== null && calendar === null) return false;
  await tx.team.updateMany({ where: { organizationId, id }, data: { calendarId: calendar?.id ?? null } });
  return true;
}

/** Nobody holds it any more, and it is gone. */
export async function deleteGroup(tx: Transaction, organizationId: OrganizationId, group: Group): Promise<void> {
  const { id, slug } = group;
  if (group.kind === "team") {
    await tx.team.deleteMany({ where: { organizationId, id } });
    return;
  }
  await tx.$executeRaw`update memberships set business_roles = array_remove(business_roles, ${slug})
    where organization_id = ${organizationId}::uuid and ${slug} = any(business_roles)`;
  await tx.businessRole.deleteMany({ where: { organizationId, slug } });
}

export async function findHeld(
  tx: Transaction,
  organizationId: OrganizationId,
  userId: string,
): Promise<{ roles: string[]; teams: string[] } | null> {
  const row = await tx.membership.findFirst({ where: { organizationId, userId }, select: { businessRoles: true } });
  if (!row) return null;
  const teams = await tx.team.findMany({ where: { organizationId, memberIds: { has: userId } }, select: { id: true } });
  return { roles: row.businessRoles, teams: teams.map(({ id }) => id) };
}

export async function putHeld(
  tx: Transaction,
  organizationId: OrganizationId,
  userId: string,
  { roles, teams }: { roles: readonly string[]; teams: readonly string[] },
): Promise<void> {
  await tx.membership.updateMany({ where: { organizationId, userId }, data: { businessRoles: [...roles] } });
  await tx.$executeRaw`update teams set member_ids = case
      when id = any(${[...teams]}::uuid[]) then array_append(member_ids, ${userId}::uuid)
      else array_remove(member_ids, ${userId}::uuid) end
    where organization_id = ${organizationId}::uuid
      and (id = any(${[...teams]}::uuid[])) <> (${userId}::uuid = any(member_ids))`;
}

/** How steps name a group. */
export function namesInSteps({ kind, id, slug }: Pick<Group, "kind" | "id" | "slug">): string[] {
  return kind === "role" ? [`role:${slug}`] : [`team:${slug}`, `team:${showId("team", id)}`, `team:${id}`];
}

/** Whether somebody is in it who may answer. */
export async function hasAnswering(
  tx: Transaction,
  organizationId: OrganizationId,
  { kind, id, slug }: Pick<Group, "kind" | "id" | "slug">,
): Promise<boolean> {
  const ref = kind === "role" ? `role:${slug}` : `team:${id}`;
  const [row] = await tx.$queryRaw<{ is: boolean }[]>`
    select exists (select from people_asked_as(${organizationId}::uuid) p
      where ${ref} = any(p.refs) and p.role = any(answering_roles('approval'))) as is`;
  return row?.is === true;
}

/** The names of workflows whose live version asks one of these, and of live tables of approver rules that do, first by name. */
export async function liveAsking(
  tx: Transaction,
  organizationId: OrganizationId,
  references: readonly string[],
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select w.name from workflows w
    join workflow_versions v on v.workflow_id = w.id and v.number = w.published_version
    where w.organization_id = ${organizationId}::uuid and w.archived_at is null and w.status <> 'retired'
      and exists (
        select from jsonb_path_query(v.spec::jsonb, 'lax $.**.assignTo[*]') said where said #>> '{}' = any(${[...references]})
        union all
        select from jsonb_path_query(v.spec::jsonb, 'lax $.**.escalateTo[*]') said where said #>> '{}' = any(${[...references]}))
    union all
    select r.name from approver_rules r
    join approver_rule_versions v on v.rule_id = r.id and v.number = r.live_version
    where r.organization_id = ${organizationId}::uuid and r.deleted_at is null
      and exists (
        select from jsonb_path_query(v.document::jsonb, 'lax $.**.assignTo[*]') said where said #>> '{}' = any(${[...references]})
        union all
        select from jsonb_path_query(v.document::jsonb, 'lax $.**.escalateTo[*]') said where said #>> '{}' = any(${[...references]}))
    order by name limit 3`;
  return rows.map(({ name }) => name);
}
