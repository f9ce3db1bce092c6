import { hashToken } from "@/server/digest";
import { AppError } from "@/core/errors";
import { onAuthChange } from "@/server/db/live";
import type { UserActor } from "@/server/db/tenant";
import { logger } from "@/server/logger";
import { keyActor } from "./actor";
import { isKeyToken } from "./key-token";
import { findKey, touchKey } from "./store";

interface CacheEntry {
  actor: Promise<UserActor | null>;
  /** ms since epoch */
  goodUntil: number;
}

/** A revoked key is refused at once where it was revoked and where the notice arrives, and after this long anywhere. */
const goodForMs = 1_000;
const maxEntries = 10_000;
const cache = new Map<string, CacheEntry>();
let isListening = false;

/** The actor of an `Authorization: Bearer hp_…` header. Anything but a living key is 401, whatever is wrong with it. */
export async function actorFromApiKey(authorization: string): Promise<UserActor> {
  const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
  const actor = token !== undefined && isKeyToken(token) ? await lookUp(hashToken(token)) : null;
  if (!actor)
    throw new AppError(
      "invalid_credentials",
      "This API key is not valid. Check it, or ask an administrator for a new one.",
    );
  return actor;
}

/** Called where a key, user or membership changes; other processes hear it through the database. */
export function forgetApiKeys(): void {
  cache.clear();
}

async function lookUp(hash: string): Promise<UserActor | null> {
  const now = Date.now();
  const cached = cache.get(hash);
  if (cached && cached.goodUntil > now) return cached.actor;
  if (!isListening) {
    isListening = true;
    onAuthChange(() => {
      forgetApiKeys();
    });
  }
  if (cache.size >= maxEntries) cache.clear();
  const actor = load(hash);
  cache.set(hash, { actor, goodUntil: now + goodForMs });
  // A failed look-up (database away) must not be remembered.
  actor.catch(() => cache.delete(hash));
  return actor;
}

async function load(hash: string): Promise<UserActor | null> {
  const row = await findKey(hash);
  if (!row) return null;
  touchKey(row.keyId).catch((error: unknown) => {
    logger().warn({ err: error }, "could not note the use of an API key");
  });
  return keyActor(row);
}
