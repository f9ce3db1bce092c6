import { createHmac, randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";

/** A new signing secret in the form of Standard Webhooks. */
export function createWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/**
 * The secret that signs the calls to a run's own callback address. Derived, so that it needs no row and never changes by
 * itself; one per run, so that who started one run can verify its calls and forge no other's.
 */
export function callbackSecret(masterSecret: string, run: { organizationId: string; runId: string }): string {
  const derived = createHmac("sha256", masterSecret).update(`run-callback:${run.organizationId}:${run.runId}`);
  return `whsec_${derived.digest("base64")}`;
}

/**
 * The three headers of Standard Webhooks for this body. `id` stays the same over tries, so that receivers can tell repeats.
 * `previousSecret`: signs as well, so that receivers that do not have the new one yet still believe us.
 */
export function signWebhook({
  secret,
  previousSecret = null,
  id,
  at,
  body,
}: {
  secret: string;
  previousSecret?: string | null;
  id: string;
  at: number;
  body: string;
}): Record<string, string> {
  const timestamp = new Date(at);
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at / 1000)),
    "webhook-signature": [secret, ...(previousSecret === null ? [] : [previousSecret])]
      .map((each) => new Webhook(each).sign(id, timestamp, body))
      .join(" "),
  };
}
