import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { env } from "@/server/env";

/** What a session's cookie says: which row of `user_sessions`, and of whom. All else is read from the database at each request. */
export const sessionClaimsSchema = z.object({
  sub: z.uuid(),
  organizationId: z.uuid(),
  epoch: z.int(),
  sessionId: z.uuid(),
});
export type SessionClaims = z.output<typeof sessionClaimsSchema>;

/** The absolute end of a session. Its row ends it earlier when it is not used. */
export const sessionMaxAgeSeconds = 30 * 24 * 60 * 60;

export function sessionCookieName(): string {
  return cookieName("session");
}

/** Named after the port: browsers share cookies between ports, and several instances may run on one machine. */
export function cookieName(purpose: "session" | "device"): string {
  const { protocol, port } = new URL(env().HOLDPOINT_BASE_URL);
  if (protocol === "https:") return `__Host-holdpoint.${purpose}`;
  return `holdpoint.${purpose}.${port === "" ? "80" : port}`;
}

export function isSecureCookie(): boolean {
  return env().HOLDPOINT_BASE_URL.startsWith("https:");
}

export function encodeSession(claims: SessionClaims): Promise<string> {
  return encode({ token: { ...claims }, secret: env().NEXTAUTH_SECRET, maxAge: sessionMaxAgeSeconds });
}

/** Null for a token that is expired, made with another key, or not ours. */
export async function decodeSession(token: string): Promise<SessionClaims | null> {
  const payload = await decode({ token, secret: env().NEXTAUTH_SECRET }).catch(() => null);
  const claims = sessionClaimsSchema.safeParse(payload);
  return claims.success ? claims.data : null;
}
