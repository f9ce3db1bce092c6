import { env } from "@/server/env";
import { callbackSecret } from "@/server/integrations/webhooks/signature";

/** What goes into the answer to a start: the secret that signs the calls to its callback address, where it has one. */
export function callbackSecretFor(
  organizationId: string,
  run: { id: string; callbackUrl: string | null },
): { callback_secret?: string } {
  if (run.callbackUrl === null) return {};
  return { callback_secret: callbackSecret(env().NEXTAUTH_SECRET, { organizationId, runId: run.id }) };
}
