import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/server/env";
import { takeDemoLink } from "./demo-link";
import { readCookie } from "./read-cookie";

/** A working day: long enough to try the product as one person after the other. */
const goodForSeconds = 12 * 60 * 60;

/** The cookie of a browser that opened a sign-in link of the demo. Named after the port, as sessions are. */
function cookieName(): string {
  return `holdpoint.demo.${new URL(env().HOLDPOINT_BASE_URL).port || "80"}`;
}

/**
 * Lets this browser choose among the demo's people, for a day: the `Set-Cookie` for it. Null for a link that was used before or never
 * given out, and always when the demo is off.
 */
export function openDemoLink(token: string): string | null {
  const { HOLDPOINT_DEMO, HOLDPOINT_DATA_DIR } = env();
  if (!HOLDPOINT_DEMO || !takeDemoLink(HOLDPOINT_DATA_DIR, token)) return null;
  const until = String(Math.round(Date.now() / 1_000) + goodForSeconds);
  return `${cookieName()}=${until}.${seal(until)}; Path=/; Max-Age=${String(goodForSeconds)}; HttpOnly; SameSite=Lax`;
}

/** Whether the request's `Cookie` header is of a browser that opened a link. */
export function isDemoBrowser(cookieHeader: string | null): boolean {
  const [until = "", given = ""] = (readCookie(cookieHeader ?? "", cookieName()) ?? "").split(".");
  if (!env().HOLDPOINT_DEMO || !(Number(until) * 1_000 > Date.now())) return false;
  const wanted = Buffer.from(seal(until));
  const got = Buffer.from(given);
  return wanted.length === got.length && timingSafeEqual(wanted, got);
}

function seal(until: string): string {
  return createHmac("sha256", env().NEXTAUTH_SECRET).update(`demo-browser:${until}`).digest("base64url");
}
