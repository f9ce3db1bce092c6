import { hotPool } from "@/server/db/pools";

/** A person in an organization, as they are now. */
export interface MemberRow {
  userId: string;
  name: string;
  email: string;
  sessionEpoch: number;
  organizationId: string;
  role: string;
  businessRoles: string[];
  teamIds: string[];
}

export interface KeyRow extends MemberRow {
  keyId: string;
  keyName: string;
  scopes: string[];
}

export interface SignInRow {
  userId: string;
  name: string;
  email: string;
  passwordHash: string | null;
  sessionEpoch: number;
  organizationId: string;
}

/** Of `users u` joined with `memberships m`. */
export const memberColumns = `
  u.id as "userId", u.name, u.email, u.session_epoch as "sessionEpoch", m.organization_id as "organizationId", m.role,
  m.business_roles as "businessRoles",
  array(select t.id from teams t where t.organization_id = m.organization_id and u.id = any (t.member_ids)) as "teamIds"`;

/** The person, unless they were deactivated or left the organization. */
export async function findMember(userId: string, organizationId: string): Promise<MemberRow | null> {
  const { rows } = await hotPool().query<MemberRow>({
    name: "auth_member",
    text: `select ${memberColumns}
      from users u join memberships m on m.user_id = u.id and m.organization_id = $2
      where u.id = $1 and u.deactivated_at is null`,
    values: [userId, organizationId],
  });
  return rows[0] ?? null;
}

/** The person of an address, however it is written, unless they were deactivated or left the organization. */
export async function findMemberByEmail(email: string, organizationId: string): Promise<MemberRow | null> {
  const { rows } = await hotPool().query<MemberRow>({
    name: "auth_member_by_email",
    text: `select ${memberColumns}
      from users u join memberships m on m.user_id = u.id and m.organization_id = $2
      where lower(u.email) = lower($1) and u.deactivated_at is null`,
    values: [email, organizationId],
  });
  return rows[0] ?? null;
}

/** The key and who it acts for, unless it was revoked, has expired, or the person is gone. */
export async function findKey(keyHash: string): Promise<KeyRow | null> {
  const { rows } = await hotPool().query<KeyRow>({
    name: "auth_key",
    text: `select k.id as "keyId", k.name as "keyName", k.scopes, ${memberColumns}
      from api_keys k
      join users u on u.id = k.user_id and u.deactivated_at is null
      join memberships m on m.user_id = u.id and m.organization_id = k.organization_id
      where k.key_hash = $1 and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())`,
    values: [keyHash],
  });
  return rows[0] ?? null;
}

/** For sign-in; the organization is the one joined first. */
export async function findForSignIn(email: string): Promise<SignInRow | null> {
  const { rows } = await hotPool().query<SignInRow>(
    `select u.id as "userId", u.name, u.email, u.password_hash as "passwordHash", u.session_epoch as "sessionEpoch",
        m.organization_id as "organizationId"
      from users u join memberships m on m.user_id = u.id
      where u.email = $1 and u.deactivated_at is null
      order by m.created_at, m.organization_id limit 1`,
    [email],
  );
  return rows[0] ?? null;
}

/** Ids of the organizations that a demo's start made. */
export async function listDemoOrganizations(): Promise<string[]> {
  const { rows } = await hotPool().query<{ id: string }>("select id from organizations where is_demo");
  return rows.map(({ id }) => id);
}

/** Written at most once a minute for each key, so that a busy key costs nothing. */
export async function touchKey(keyId: string): Promise<void> {
  await hotPool().query(
    `update api_keys set last_used_at = now()
      where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    [keyId],
  );
}
