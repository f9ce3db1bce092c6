import type { ChannelAddress, ChannelDefinition } from "@/core/channel-definition";
import { isUuid, readId } from "@/core/ids";
import { permissionRoles, roleScopes } from "@/core/permissions";
import type { People } from "@/core/workflow/validate";

export interface DirectoryMember {
  userId: string;
  name: string;
  email: string;
  role: string;
  businessRoles: string[];
}

/** Who is there in an organization: active members, teams and business roles. */
export interface DirectoryFacts {
  members: DirectoryMember[];
  teams: { id: string; slug: string; name: string; memberIds: string[] }[];
  roles: { slug: string; name: string }[];
}

/** The active members as validation asks for them. */
export function peopleOf(known: DirectoryFacts): People {
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

/** `role:manager`, `user:usr_…`, `team:finance`, an e-mail of a member … to the stored form; null when nobody is meant. */
export function resolveRef(known: DirectoryFacts, ref: string): string | null {
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
    (candidate) => candidate.userId === userId || candidate.email.toLowerCase() === ref.trim().toLowerCase(),
  );
  return member ? `user:${member.userId}` : null;
}

export function peopleBehind(known: DirectoryFacts, ref: string): DirectoryMember[] {
  const [kind, id] = splitRef(ref);
  if (kind === "user") return known.members.filter((member) => member.userId === id);
  if (kind === "team") {
    const ids = new Set(known.teams.find((team) => team.id === id)?.memberIds);
    return known.members.filter((member) => ids.has(member.userId));
  }
  const isBusinessRole = known.roles.some((role) => role.slug === id);
  return known.members.filter((member) => member.businessRoles.includes(id) || (!isBusinessRole && member.role === id));
}

/** A person outside, as far as channels ask. */
export interface ContactAddresses {
  email: string | null;
  phone: string | null;
}

/**
 * The addresses at which a channel reaches whom `to` means: the people behind a reference, a contact by id or e-mail, or a
 * text that is an address itself. Empty: nobody is meant, or no address of theirs is known.
 */
export async function addressesOn(
  channel: ChannelDefinition,
  to: string,
  known: DirectoryFacts,
  findContact: (ref: string) => Promise<ContactAddresses | null>,
): Promise<string[]> {
  const field = addressFields[channel.address];
  const ref = resolveRef(known, to);
  if (ref !== null) return peopleBehind(known, ref).flatMap((member) => field.ofMember(member) ?? []);
  const contact = to.includes("@") || isUuid(to) ? await findContact(to) : null;
  if (contact) return [field.ofContact(contact)].filter((address) => address !== null);
  return field.isAddress(to) || channel.isAddress?.(to) === true ? [to] : [];
}

interface AddressField {
  ofMember(member: DirectoryMember): string | null;
  ofContact(contact: ContactAddresses): string | null;
  isAddress(text: string): boolean;
}

const addressFields: Readonly<Record<ChannelAddress, AddressField>> = {
  email: {
    ofMember: ({ email }) => email,
    ofContact: ({ email }) => email,
    isAddress: (text) => text.includes("@"),
  },
  phone: {
    ofMember: () => null,
    ofContact: ({ phone }) => phone,
    isAddress: (text) => /^\+?[\d ()-]{6,}$/.test(text),
  },
  member: {
    ofMember: ({ userId }) => userId,
    ofContact: ({ email }) => email,
    isAddress: () => false,
  },
  conversation: { ofMember: () => null, ofContact: () => null, isAddress: () => false },
};

export function splitRef(ref: string): [kind: string, id: string] {
  const colon = ref.indexOf(":");
  return colon < 0 ? ["", ref] : [ref.slice(0, colon), ref.slice(colon + 1)];
}
