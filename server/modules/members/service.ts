import type { MemberItem } from "@/core/contracts/member";
import { requireScope, type Actor } from "@/server/db/tenant";
import { findMemberships, findTeams } from "./repository";

export { changeMember, listGroups, removeGroup, saveGroup } from "./groups";

/** Everybody in the organization, with roles and teams, by name. */
export async function listMembers(actor: Actor): Promise<MemberItem[]> {
  requireScope(actor, "members:read");
  const [memberships, teams] = await Promise.all([
    findMemberships(actor.organizationId),
    findTeams(actor.organizationId),
  ]);
  return memberships.map(({ role, businessRoles, user }) => ({
    id: user.id,
    name: user.name,
    email: user.email,
    role,
    business_roles: businessRoles,
    teams: teams
      .filter(({ memberIds }) => memberIds.includes(user.id))
      .map(({ id, slug, name }) => ({ id, slug, name })),
    is_active: user.deactivatedAt === null,
  }));
}
