import { permissionRoles, roleScopes, type PermissionRole, type Scope } from "@/core/permissions";
import type { Actor, UserActor } from "@/server/db/tenant";
import { admitTo } from "./organization-id";
import type { KeyRow, MemberRow } from "./store";

const scopesOfRole = new Map<PermissionRole, ReadonlySet<Scope>>(
  permissionRoles.map((role) => [role, new Set(roleScopes[role])]),
);
const noScopes: ReadonlySet<Scope> = new Set();

export function memberActor(member: MemberRow): UserActor {
  const role = readRole(member.role);
  return {
    type: "user",
    id: member.userId,
    userId: member.userId,
    name: member.name,
    email: member.email,
    organizationId: admitTo(member.organizationId),
    role,
    businessRoles: member.businessRoles,
    teamIds: member.teamIds,
    scopes: roleScopeSet(role),
    via: "ui",
    auth: "session",
    address: null,
  };
}

/** A key holds the scopes it was given, as far as its user's role still has them. */
export function keyActor(key: KeyRow): UserActor {
  const ofUser = memberActor(key);
  const given = new Set(key.scopes);
  return {
    ...ofUser,
    type: "api_key",
    id: key.keyId,
    scopes: new Set([...ofUser.scopes].filter((scope) => given.has(scope))),
    via: "api",
    auth: "api_key",
  };
}

/** The product itself: schedules, reminders, the runtime. The caller read the organization from its own rows. */
export function systemActor(organizationId: string): Actor {
  return {
    ...noPerson,
    type: "system",
    id: "system",
    name: "Holdpoint",
    email: null,
    organizationId: admitTo(organizationId),
    via: "system",
    auth: "system",
  };
}

/** A customer who opened a signed link. */
export function contactActor(contact: {
  id: string;
  name: string;
  email: string | null;
  organizationId: string;
}): Actor {
  return {
    ...noPerson,
    type: "contact",
    id: contact.id,
    name: contact.name,
    email: contact.email,
    organizationId: admitTo(contact.organizationId),
    via: "link",
    auth: "link",
  };
}

/** Somebody without an account, whom an approval asked by their address: may read and decide what they were asked, and nothing else. */
export function outsideActor(person: { id: string; address: string; organizationId: string }): UserActor {
  return {
    ...noPerson,
    type: "contact",
    id: `email:${person.address}`,
    userId: person.id,
    name: person.address,
    email: person.address,
    organizationId: admitTo(person.organizationId),
    scopes: outsideScopes,
    via: "link",
    auth: "link",
  };
}

const outsideScopes: ReadonlySet<Scope> = new Set(["approvals:read", "approvals:decide"]);

const noPerson = { userId: null, role: null, businessRoles: [], teamIds: [], scopes: noScopes, address: null } as const;

function roleScopeSet(role: PermissionRole | null): ReadonlySet<Scope> {
  return (role === null ? undefined : scopesOfRole.get(role)) ?? noScopes;
}

function readRole(text: string): PermissionRole | null {
  return permissionRoles.find((role) => role === text) ?? null;
}
