import { randomBytes, scryptSync } from "node:crypto";
import { hashToken } from "@/server/digest";
import { newId } from "@/core/ids";
import { permissionRoles, scopes as allScopes, type PermissionRole, type Scope } from "@/core/permissions";
import { hotPool } from "@/server/db/pools";
import type { UserActor } from "@/server/db/tenant";
import { keyHint, newKeyToken } from "./key-token";
import { actorFromToken } from "./session";
import { openSession } from "./session-store";
import { encodeSession, sessionCookieName } from "./session-token";

export interface TestMember {
  userId: string;
  email: string;
  apiKey: string;
  keyId: string;
  actor: UserActor;
  cookie: string;
}

export interface TestOrganization {
  id: string;
  slug: string;
  members: Record<PermissionRole, TestMember>;
}

/** An organization with one member of each role, each with an API key of every scope and a session. */
export async function createTestOrganization(slug: string): Promise<TestOrganization> {
  const id = newId();
  await hotPool().query("insert into organizations (id, slug, name) values ($1, $2, $3)", [id, slug, slug]);
  const entries = await Promise.all(
    permissionRoles.map(
      async (role) =>
        [role, await addTestMember({ organizationId: id, role, email: `${role}@${slug}.holdpoint.test` })] as const,
    ),
  );
  // Every role is in the list the entries were made from.
  return { id, slug, members: Object.fromEntries(entries) as Record<PermissionRole, TestMember> };
}

export async function addTestMember(member: {
  organizationId: string;
  role: PermissionRole;
  email: string;
  businessRoles?: string[];
  scopes?: readonly Scope[];
  passwordHash?: string;
}): Promise<TestMember> {
  const userId = newId();
  await hotPool().query("insert into users (id, email, name, password_hash) values ($1, $2, $3, $4)", [
    userId,
    member.email,
    member.email.split("@")[0],
    member.passwordHash ?? null,
  ]);
  await hotPool().query(
    "insert into memberships (organization_id, user_id, role, business_roles) values ($1, $2, $3, $4)",
    [member.organizationId, userId, member.role, member.businessRoles ?? []],
  );
  const { apiKey, keyId } = await addTestKey(member.organizationId, userId, member.scopes ?? allScopes);
  const { cookie, actor } = await openTestSession(userId, member.organizationId);
  return {
    userId,
    email: member.email,
    apiKey,
    keyId,
    actor,
    cookie,
  };
}

/** A password as it is stored, at hardly any cost: what takes its strength is tested where that is the question. */
export function storedPassword(password: string): string {
  const cost = { N: 2, r: 1, p: 1 };
  const salt = randomBytes(16);
  const hash = scryptSync(password, salt, 32, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/** One more sign-in of a member, as of now. */
export async function openTestSession(
  userId: string,
  organizationId: string,
): Promise<{ cookie: string; actor: UserActor; sessionId: string }> {
  const sessionId = await openSession({ userId, organizationId, address: "192.0.2.1", device: "Firefox on Linux" });
  const token = await encodeSession({ sub: userId, organizationId, epoch: 0, sessionId });
  const actor = await actorFromToken(token);
  if (!actor) throw new Error("the member that was just made is not there");
  return { cookie: `${sessionCookieName()}=${token}`, actor, sessionId };
}

export async function addTestKey(
  organizationId: string,
  userId: string,
  keyScopes: readonly Scope[],
  expiresAt: Date | null = null,
): Promise<{ apiKey: string; keyId: string }> {
  const apiKey = newKeyToken();
  const keyId = newId();
  await hotPool().query(
    "insert into api_keys (id, organization_id, user_id, name, key_hash, hint, scopes, expires_at) values ($1, $2, $3, 'test', $4, $5, $6, $7)",
    [keyId, organizationId, userId, hashToken(apiKey), keyHint(apiKey), [...keyScopes], expiresAt],
  );
  return { apiKey, keyId };
}
