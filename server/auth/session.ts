import type { UserActor } from "@/server/db/tenant";
import { logger } from "@/server/logger";
import { memberActor } from "./actor";
import { isRecent } from "./recent-proof";
import { isDemoBrowser } from "./demo-browser";
import { isClosed, isDemoOrganization } from "./demo-organizations";
import { readCookie } from "./read-cookie";
import { findSessionMember, touchSession } from "./session-store";
import { decodeSession, sessionCookieName } from "./session-token";

/** The signed-in person of a request's `Cookie` header, or null. Asks the database each time, so an ended session ends at once. */
export async function actorFromCookies(cookieHeader: string | null): Promise<UserActor | null> {
  const token = readCookie(cookieHeader, sessionCookieName());
  const actor = token === null ? null : await actorFromToken(token);
  // The demo's people have no password that anybody was told: the browser that holds the demo's link is their proof.
  return actor?.session && isDemoBrowser(cookieHeader) && (await isDemoOrganization(actor.organizationId))
    ? { ...actor, session: { ...actor.session, provenAt: new Date() } }
    : actor;
}

/** For pages and layouts. */
export async function getSessionActor(): Promise<UserActor | null> {
  // Loaded here: everything else in this file also runs outside Next.
  const { cookies } = await import("next/headers");
  const token = (await cookies()).get(sessionCookieName())?.value;
  return token === undefined ? null : actorFromToken(token);
}

/** Null unless the session that the token names is still open, and its person still a member. */
export async function actorFromToken(token: string): Promise<UserActor | null> {
  const claims = await decodeSession(token);
  if (!claims) return null;
  if (isClosed(claims.organizationId)) return null;
  const row = await findSessionMember(claims);
  if (row?.sessionEpoch !== claims.epoch) return null;
  if (row.isSeenLongAgo)
    touchSession(claims.sessionId).catch((error: unknown) => {
      logger().warn({ err: error }, "could not note the use of a session");
    });
  const session = { id: claims.sessionId, provenAt: row.provenAt };
  return { ...memberActor(row), auth: isRecent(session) ? "fresh_session" : "session", session };
}

/** For what stays open after the door: whether the sign-in that an actor came with is still the same open one. */
export function signInWatch({ userId, organizationId, session }: UserActor): () => Promise<boolean> {
  let epoch: number | undefined;
  return async () => {
    const row = session ? await findSessionMember({ sub: userId, organizationId, sessionId: session.id }) : null;
    if (!row || isClosed(organizationId)) return false;
    epoch ??= row.sessionEpoch;
    return row.sessionEpoch === epoch;
  };
}
