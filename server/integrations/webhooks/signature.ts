import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
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

/** The three headers of Standard Webhooks for this body. `id` stays the same over tries, so that receivers can tell repeats. */
export function signWebhook({
  secret,
  id,
  at,
  body,
}: {
  secret: string;
  id: string;
  at: number;
  body: string;
}): Record<string, string> {
  const timestamp = new Date(at);
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, timestamp, body),
  };
}

const toleranceSeconds = 300;

/** What an incoming call proves itself with; null = the header is absent. */
export interface InboundProof {
  id: string | null;
  timestamp: string | null;
  signature: string | null;
  hubSignature: string | null;
  sharedSecret: string | null;
}

export function inboundProof(headers: Headers): InboundProof {
  return {
    id: headers.get("webhook-id"),
    timestamp: headers.get("webhook-timestamp"),
    signature: headers.get("webhook-signature"),
    hubSignature: headers.get("x-hub-signature-256"),
    sharedSecret: headers.get("x-webhook-secret"),
  };
}

/**
 * Whether the raw body was sent by somebody who knows the secret: Standard Webhooks (within five minutes),
 * `X-Hub-Signature-256`, or the secret itself in `X-Webhook-Secret`. An empty secret proves nothing. Compares in constant time.
 */
export function isGenuine(secret: string, rawBody: string | Buffer, proof: InboundProof, now: number): boolean {
  if (secret === "") return false;
  if (proof.id !== null && proof.timestamp !== null && proof.signature !== null)
    return isStandardSignature(secret, rawBody, proof.id, proof.timestamp, proof.signature, now);
  if (proof.hubSignature !== null)
    return isSame(proof.hubSignature, `sha256=${createHmac("sha256", secret).update(rawBody).digest("hex")}`);
  return proof.sharedSecret !== null && isSame(proof.sharedSecret, secret);
}

function isStandardSignature(
  secret: string,
  rawBody: string | Buffer,
  id: string,
  timestamp: string,
  signatures: string,
  now: number,
): boolean {
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > toleranceSeconds) return false;
  const key = secret.startsWith("whsec_")
    ? Buffer.from(secret.slice("whsec_".length), "base64")
    : Buffer.from(secret, "utf8");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(rawBody).digest("base64");
  return signatures.split(" ").some((signature) => isSame(signature, `v1,${expected}`));
}

function isSame(given: string, wanted: string): boolean {
  // Digests of equal length: neither content nor length of the wanted text shows in the time taken.
  const digest = (text: string): Buffer => createHmac("sha256", "compare").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
