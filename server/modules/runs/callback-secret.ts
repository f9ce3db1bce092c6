import { requireRecentProof } from "@/server/auth/recent-proof";
import type { Actor } from "@/server/db/tenant";
import { env } from "@/server/env";
import { callbackSecret } from "@/server/integrations/webhooks/signature";

/** Before a run is begun whose answer gives away the secret of its callback. */
export function requireProofForCallback(actor: Actor, callbackUrl: string | null | undefined): void {
  if (callbackUrl !== null && callbackUrl !== undefined) requireRecentProof(actor);
}

/** What goes into the answer to a start: the secret that signs the calls to its callback address, where it has one. */
export function callbackSecretFor(
  organizationId: string,
  run: { id: string; callbackUrl: string | null },
): { callback_secret?: string } {
  if (run.callbackUrl === null) return {};
  return { callback_secret: callbackSecret(env().NEXTAUTH_SECRET, { organizationId, runId: run.id }) };
}
