import { randomBytes } from "node:crypto";
import { hashToken } from "@/server/digest";
import { hotPool } from "@/server/db/pools";
import { cookieName, isSecureCookie } from "./session-token";

const maxAgeSeconds = 365 * 24 * 60 * 60;
const tokenPattern = /^[\w-]{43}$/;

export function deviceCookieName(): string {
  return cookieName("device");
}

/** The `Set-Cookie` header by which a browser is known at its next sign-in. It lets nobody in. */
export function deviceCookie(token: string): string {
  const secure = isSecureCookie() ? "; Secure" : "";
  return `${deviceCookieName()}=${token}; Path=/; Max-Age=${String(maxAgeSeconds)}; HttpOnly; SameSite=Lax${secure}`;
}

/** Whether this browser signed in to the account before. */
export async function isKnownDevice(token: string | null, email: string): Promise<boolean> {
  const hash = token !== null && tokenPattern.test(token) ? hashToken(token) : "";
  // Asked in any case: how long it takes must not tell which accounts there are.
  const { rowCount } = await hotPool().query(
    `select 1 from known_devices d join users u on u.id = d.user_id
      where d.token_hash = $1 and u.email = $2 and d.used_at > now() - interval '1 year'`,
    [hash, email],
  );
  return rowCount === 1;
}

/** Notes a good sign-in. Answers the token of a browser that is known from now on, or null for one that was. */
export async function noteDevice(userId: string, knownToken: string | null): Promise<string | null> {
  if (knownToken !== null) {
    await hotPool().query("update known_devices set used_at = now() where token_hash = $1", [hashToken(knownToken)]);
    return null;
  }
  const token = randomBytes(32).toString("base64url");
  await hotPool().query("delete from known_devices where user_id = $1 and used_at < now() - interval '1 year'", [
    userId,
  ]);
  await hotPool().query("insert into known_devices (token_hash, user_id) values ($1, $2)", [hashToken(token), userId]);
  return token;
}
