import type { UserActor } from "@/server/db/tenant";
import { memberActor } from "./actor";
import { isClosed } from "./demo-organizations";
import { readCookie } from "./read-cookie";
import { decodeSession, sessionCookieName } from "./session-token";
import { findMember } from "./store";

/** The signed-in person of a request's `Cookie` header, or null. Asks the database each time, so an ended session ends at once. */
export async function actorFromCookies(cookieHeader: string | null): Promise<UserActor | null> {
  const token = readCookie(cookieHeader ?? "", sessionCookieName());
  return token === null ? null : actorFromToken(token);
}

/** For pages and layouts. */
export async function getSessionActor(): Promise<UserActor | null> {
  // Loaded here: everything else in this file also runs outside Next.
  const { cookies } = await import("next/headers");
  const token = (await cookies()).get(sessionCookieName())?.value;
  return token === undefined ? null : actorFromToken(token);
}

async function actorFromToken(token: string): Promise<UserActor | null> {
  const claims = await decodeSession(token);
  if (!claims) return null;
  if (isClosed(claims.organizationId)) return null;
  const member = await findMember(claims.sub, claims.organizationId);
  return member?.sessionEpoch === claims.epoch ? memberActor(member) : null;
}
