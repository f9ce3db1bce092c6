import { isUuid, readId } from "@/core/ids";
import { permissionRoles, roleScopes } from "@/core/permissions";
import type { DirectoryPort } from "@/core/ports";
import type { People } from "@/core/spec/validate";
import type { Actor, OrganizationId } from "@/server/db/tenant";
import { findContact, listBusinessRoles, listMembers, listTeams, type Member } from "./repository";

interface Directory {
  members: Member[];
  teams: { id: string; slug: string; name: string; memberIds: string[] }[];
  roles: { slug: string; name: string }[];
  readAt: number;
}

/** People change seldom and are asked for at every approval: a second of staleness is taken for names and addresses. */
const freshMs = 1000;
const directories = new Map<OrganizationId, Promise<Directory>>();

async function directory(organizationId: OrganizationId): Promise<Directory> {
  const known = await directories.get(organizationId)?.catch(() => null);
  if (known && Date.now() - known.readAt < freshMs) return known;
  const reading = Promise.all([
    listMembers(organizationId),
    listTeams(organizationId),
    listBusinessRoles(organizationId),
  ]).then(([members, teams, roles]) => ({ members, teams, roles, readAt: Date.now() }));
  directories.set(organizationId, reading);
  return reading;
}

/** The references under which an actor may act: own user, teams, business roles and, where no business role of that name exists, the permission role. */
export async function assigneeRefsOf(actor: Actor): Promise<string[]> {
  const { roles } = await directory(actor.organizationId);
  const businessSlugs = new Set(roles.map((role) => role.slug));
  const refs = actor.businessRoles.map((slug) => `role:${slug}`);
  if (actor.userId !== null) refs.push(`user:${actor.userId}`);
  for (const teamId of actor.teamIds) refs.push(`team:${teamId}`);
  if (actor.role !== null && !businessSlugs.has(actor.role)) refs.push(`role:${actor.role}`);
  return refs;
}

/** Names for references, for people: "Manager", "Kim", "Finance". */
export async function nameRefs(organizationId: OrganizationId, refs: readonly string[]): Promise<Map<string, string>> {
  const { members, teams, roles } = await directory(organizationId);
  return new Map(
    refs.map((ref) => {
      const [kind, id] = splitRef(ref);
      if (kind === "role") return [ref, roles.find((role) => role.slug === id)?.name ?? sentence(id)];
      if (kind === "user") return [ref, members.find((member) => member.userId === id)?.name ?? "Somebody who left"];
      return [ref, teams.find((team) => team.id === id)?.name ?? "A former team"];
    }),
  );
}

export async function memberNames(organizationId: OrganizationId): Promise<Map<string, string>> {
  const { members } = await directory(organizationId);
  return new Map(members.map((member) => [member.userId, member.name]));
}

/** The active members as validation asks for them. */
export async function activePeople(organizationId: OrganizationId): Promise<People> {
  const known = await directory(organizationId);
  const roles = new Map(known.members.map(({ userId, role }) => [userId, role]));
  return {
    all: () => [...roles.keys()],
    behind(reference) {
      const ref = resolveRef(known, reference);
      return ref === null ? null : peopleBehind(known, ref).map(({ userId }) => userId);
    },
    may: (person, scope) =>
      permissionRoles.some((role) => role === roles.get(person) && roleScopes[role].includes(scope)),
  };
}

/** The directory as steps see it. */
export function createDirectoryPort(organizationId: OrganizationId): DirectoryPort {
  return {
    async resolveAssignees(refs) {
      const known = await directory(organizationId);
      const resolved = refs.map((ref) => ({ ref, found: resolveRef(known, ref) }));
      return {
        refs: [...new Set(resolved.map(({ ref, found }) => found ?? ref))],
        unknown: resolved.filter(({ found }) => found === null).map(({ ref }) => ref),
      };
    },
    async addresses(to, channel) {
      const field = addressField[channel] ?? "email";
      const known = await directory(organizationId);
      const ref = resolveRef(known, to);
      if (ref !== null)
        return field === "phone"
          ? []
          : peopleBehind(known, ref).map((member) => (field === "user" ? member.userId : member.email));
      const contact = to.includes("@") || isUuid(to) ? await findContact(organizationId, to) : null;
      if (contact) return [field === "phone" ? contact.phone : contact.email].filter((address) => address !== null);
      if (field === "email" && to.includes("@")) return [to];
      if (field === "phone" && /^\+?[\d ()-]{6,}$/.test(to)) return [to];
      return channel === "slack" && to.startsWith("#") ? [to] : [];
    },
  };
}

const addressField: Readonly<Record<string, "email" | "phone" | "user">> = {
  email: "email",
  slack: "email",
  whatsapp: "phone",
  sms: "phone",
  telegram: "phone",
  in_app: "user",
  conversation: "email",
};

/** `role:manager`, `user:usr_…`, `team:finance`, an e-mail of a member … to the stored form; null when nobody is meant. */
function resolveRef(known: Directory, ref: string): string | null {
  const [kind, id] = splitRef(ref);
  if (kind === "role") {
    const isPermissionRole = permissionRoles.some((role) => role === id);
    const isHeld = known.members.some(({ businessRoles }) => businessRoles.includes(id));
    return isPermissionRole || isHeld || known.roles.some((role) => role.slug === id) ? `role:${id}` : null;
  }
  if (kind === "team") {
    const team = known.teams.find((candidate) => candidate.slug === id || candidate.id === (readId("team", id) ?? ""));
    return team ? `team:${team.id}` : null;
  }
  const userId = kind === "user" ? readId("user", id) : null;
  const member = known.members.find(
    (candidate) => candidate.userId === userId || candidate.email.toLowerCase() === ref.toLowerCase(),
  );
  return member ? `user:${member.userId}` : null;
}

function peopleBehind(known: Directory, ref: string): Member[] {
  const [kind, id] = splitRef(ref);
  if (kind === "user") return known.members.filter((member) => member.userId === id);
  if (kind === "team") {
    const ids = new Set(known.teams.find((team) => team.id === id)?.memberIds);
    return known.members.filter((member) => ids.has(member.userId));
  }
  const isBusinessRole = known.roles.some((role) => role.slug === id);
  return known.members.filter((member) => member.businessRoles.includes(id) || (!isBusinessRole && member.role === id));
}

function splitRef(ref: string): [kind: string, id: string] {
  const colon = ref.indexOf(":");
  return colon < 0 ? ["", ref] : [ref.slice(0, colon), ref.slice(colon + 1)];
}

function sentence(slug: string): string {
  const words = slug.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
