import { newId } from "@/core/ids";
import { hotPool } from "@/server/db/pools";
import { memberColumns, type MemberRow } from "./store";
import { sessionMaxAgeSeconds, type SessionClaims } from "./session-token";

export interface SessionMemberRow extends MemberRow {
  /** When the password was last given in this session. */
  provenAt: Date;
  /** Its use has not been noted for a minute. */
  isSeenLongAgo: boolean;
}

/** A session that is not used for so long is over. */
export const idleDays = 7;

/** The person of an open session, in one query: unless it was ended, lay idle, or the person was deactivated or left. */
export async function findSessionMember(
  claims: Pick<SessionClaims, "sub" | "organizationId" | "sessionId">,
): Promise<SessionMemberRow | null> {
  const { rows } = await hotPool().query<SessionMemberRow>({
    name: "auth_session",
    text: `select s.proven_at as "provenAt", s.seen_at < now() - interval '1 minute' as "isSeenLongAgo", ${memberColumns}
      from user_sessions s
      join users u on u.id = s.user_id and u.deactivated_at is null
      join memberships m on m.user_id = u.id and m.organization_id = s.organization_id
      where s.id = $1 and s.user_id = $2 and s.organization_id = $3
        and s.ended_at is null and s.expires_at > now() and s.seen_at > now() - make_interval(days => ${idleDays})`,
    values: [claims.sessionId, claims.sub, claims.organizationId],
  });
  return rows[0] ?? null;
}

/** Opens a session that was proven just now; answers its id. What the person's older ones left behind goes. */
export async function openSession(session: {
  userId: string;
  organizationId: string;
  address: string;
  device: string;
}): Promise<string> {
  const id = newId();
  await hotPool().query("delete from user_sessions where user_id = $1 and expires_at < now()", [session.userId]);
  await hotPool().query(
    `insert into user_sessions (id, user_id, organization_id, expires_at, address, device)
      values ($1, $2, $3, now() + make_interval(secs => $4), $5, $6)`,
    [id, session.userId, session.organizationId, sessionMaxAgeSeconds, session.address, session.device],
  );
  return id;
}

/** Written at most once a minute for each session, so that a busy one costs nothing. */
export async function touchSession(id: string): Promise<void> {
  await hotPool().query(
    "update user_sessions set seen_at = now() where id = $1 and seen_at < now() - interval '1 minute'",
    [id],
  );
}

/** Signing out. */
export async function endSession(id: string): Promise<void> {
  await hotPool().query("update user_sessions set ended_at = now() where id = $1 and ended_at is null", [id]);
}
