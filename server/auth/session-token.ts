import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { env } from "@/server/env";

/** What a session says. Everything else about the person is read from the database at each request. */
const sessionClaimsSchema = z.object({ sub: z.uuid(), organizationId: z.uuid(), epoch: z.int() });
export type SessionClaims = z.output<typeof sessionClaimsSchema>;

export const sessionMaxAgeSeconds = 7 * 24 * 60 * 60;

/** Named after the port: browsers share cookies between ports, and several instances may run on one machine. */
export function sessionCookieName(): string {
  const { protocol, port } = new URL(env().HOLDPOINT_BASE_URL);
  if (protocol === "https:") return "__Host-holdpoint.session";
  return `holdpoint.session.${port === "" ? "80" : port}`;
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
