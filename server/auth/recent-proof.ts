import { AppError } from "@/core/errors";
import type { Actor, ActorSession } from "@/server/db/tenant";

/** How long a password counts for sensitive acts, ms. */
const provenForMs = 15 * 60_000;

/** Whether the session's person gave their password a short time ago. */
export function isRecent({ provenAt }: ActorSession, now: number = Date.now()): boolean {
  return now - provenAt.getTime() < provenForMs;
}

/**
 * For acts that a stolen cookie must not be enough for. Throws `password_required` (403) unless a signed-in person gave their password
 * lately; the browser then asks for it and goes on. API keys are proof themselves, and the system acts for nobody.
 */
export function requireRecentProof(actor: Actor, now: number = Date.now()): void {
  if (actor.type !== "user") return;
  if (actor.session && isRecent(actor.session, now)) return;
  throw new AppError("password_required", "This needs your password once more. Sign in again, then repeat it.");
}
