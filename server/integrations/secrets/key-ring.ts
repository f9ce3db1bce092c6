import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** Seals small secrets (AES-256-GCM). The context is authenticated: a sealed text opens only where it was sealed. */
export interface KeyRing {
  /** `context` names the place, e.g. `connection:<organization>:<id>`. */
  seal(plain: string, context: string): string;
  /** Throws when the key is unknown, the text was changed, or it belongs to another context. */
  open(sealed: string, context: string): string;
  /** True when a newer key is active: open it and seal it again. */
  needsRotation(sealed: string): boolean;
  /** The same secret under the active key. */
  rotate(sealed: string, context: string): string;
}

const algorithm = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;
const entryPattern = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_-]+={0,2})$/;

/**
 * Reads `HOLDPOINT_ENCRYPTION_KEYS`: `id:base64,id2:base64`, each key 32 bytes. The first one seals, all of them open.
 * Throws with a sentence that never contains a key.
 */
export function createKeyRing(text: string): KeyRing {
  const keys = readKeys(text);
  const [activeId, activeKey] = [...keys][0] ?? [];
  if (activeId === undefined || !activeKey)
    throw new Error("HOLDPOINT_ENCRYPTION_KEYS is empty. Set it to id:base64 with a key of 32 bytes.");

  const seal: KeyRing["seal"] = (plain, context) => {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, activeKey, iv, { authTagLength: tagBytes });
    cipher.setAAD(Buffer.from(`${activeId}|${context}`, "utf8"));
    const sealed = Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1.${activeId}.${sealed.toString("base64url")}`;
  };
  const open: KeyRing["open"] = (sealed, context) => {
    const [version, id, payload, ...rest] = sealed.split(".");
    if (version !== "v1" || id === undefined || payload === undefined || rest.length > 0)
      throw new Error("This is not a sealed secret.");
    const key = keys.get(id);
    if (!key)
      throw new Error(
        `The secret was sealed with the key "${id}", which is not in HOLDPOINT_ENCRYPTION_KEYS any more.`,
      );
    const bytes = Buffer.from(payload, "base64url");
    if (bytes.length < ivBytes + tagBytes) throw new Error("This is not a sealed secret.");
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(`${id}|${context}`, "utf8"));
    decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
    return Buffer.concat([
      decipher.update(bytes.subarray(ivBytes, bytes.length - tagBytes)),
      decipher.final(),
    ]).toString("utf8");
  };
  return {
    seal,
    open,
    needsRotation: (sealed) => sealed.split(".")[1] !== activeId,
    rotate: (sealed, context) => seal(open(sealed, context), context),
  };
}

/** Where a connection's credentials belong. */
export function connectionContext(organizationId: string, connectionId: string): string {
  return `connection:${organizationId}:${connectionId}`;
}

/** Where the token of a customer's link belongs. */
export function conversationContext(organizationId: string, conversationId: string): string {
  return `conversation:${organizationId}:${conversationId}`;
}

/** Where a trigger's token and secret belong. */
export function triggerContext(organizationId: string, addressId: string): string {
  return `webhook-trigger:${organizationId}:${addressId}`;
}

/** Where the kept answer to a request with an Idempotency-Key belongs. */
export function idempotencyContext(owner: { organizationId: string; actorId: string; key: string }): string {
  return `idempotency:${owner.organizationId}:${owner.actorId}:${owner.key}`;
}

/** Where the one-time address of a callback belongs. */
export function callbackContext(organizationId: string, waitpointId: string): string {
  return `callback:${organizationId}:${waitpointId}`;
}

/** Where the signing secret of a webhook subscription belongs. */
export function subscriptionContext(organizationId: string, subscriptionId: string): string {
  return `webhook-subscription:${organizationId}:${subscriptionId}`;
}

function readKeys(text: string): Map<string, Buffer> {
  const keys = new Map<string, Buffer>();
  for (const [index, entry] of text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .entries()) {
    const match = entryPattern.exec(entry);
    const key = Buffer.from(match?.[2] ?? "", "base64");
    if (!match?.[1] || key.length !== 32) {
      throw new Error(
        `HOLDPOINT_ENCRYPTION_KEYS: entry ${String(index + 1)} is not id:base64 with a key of 32 bytes. Make one with: openssl rand -base64 32`,
      );
    }
    if (keys.has(match[1]))
      throw new Error(`HOLDPOINT_ENCRYPTION_KEYS names the key "${match[1]}" twice. Give each key its own id.`);
    keys.set(match[1], key);
  }
  return keys;
}
