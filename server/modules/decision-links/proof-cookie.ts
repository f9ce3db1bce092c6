import { readCookie } from "@/server/auth/read-cookie";
import { isSecureCookie } from "@/server/auth/session-token";
import { env } from "@/server/env";

/** Minutes for which a browser counts as proven. */
export const proofMinutes = 15;

/** The `Set-Cookie` header by which a browser proves itself on the page of one link, and nowhere else. */
export function proofCookie(tokenHash: string, proof: string): string {
  const secure = isSecureCookie() ? "; Secure" : "";
  return `${cookieOf(tokenHash)}=${proof}; Path=/api/trpc; Max-Age=${String(proofMinutes * 60)}; HttpOnly; SameSite=Strict${secure}`;
}

export function readProof(cookies: string | null, tokenHash: string): string | null {
  return readCookie(cookies, cookieOf(tokenHash));
}

/** Each link has its own. Named after the port: browsers share cookies between ports. */
function cookieOf(tokenHash: string): string {
  const { protocol, port } = new URL(env().HOLDPOINT_BASE_URL);
  const name = `holdpoint.link.${tokenHash.slice(0, 16)}`;
  return protocol === "https:" ? `__Secure-${name}` : `${name}.${port === "" ? "80" : port}`;
}
