import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { AppError } from "@/core/errors";
import type { Json } from "@/core/json";
import { keyRing } from "@/server/auth/key-ring";
import type { Actor } from "@/server/db/tenant";
import { logger } from "@/server/logger";
import { jsonResponse } from "../respond";
import { claimKey, findAnswer, purgeKeys, releaseKey, storeAnswer, type IdempotencyOwner } from "./store";

const keyPattern = /^[\x21-\x7e]{1,255}$/;
const waitForFirstMs = 10_000;
const purgeEvery = 1_000;
let claims = 0;

/** The key of a request, checked; null when it has none. */
export function readIdempotencyKey(request: Request): string | null {
  const key = request.headers.get("idempotency-key");
  if (key !== null && !keyPattern.test(key))
    throw new AppError("bad_request", "Idempotency-Key must be 1 to 255 printable ASCII characters without spaces.");
  return key;
}

interface KeyedRequest {
  request: Request;
  actor: Actor;
  key: string;
  bytes: Uint8Array;
  secretAnswer: boolean;
}

/** Does the work for the first request with this key and answers the others with its answer. Refusals are not kept. */
export async function answerOnce(
  { request, actor, key, bytes, secretAnswer }: KeyedRequest,
  work: () => Promise<Response>,
): Promise<Response> {
  const owner = { organizationId: actor.organizationId, actorId: actor.id, key };
  const requestHash = hashRequest(request, bytes);
  const giveUpAt = Date.now() + waitForFirstMs;
  for (let delayMs = 10; ; delayMs = Math.min(delayMs * 2, 200)) {
    if (await claimKey(owner, requestHash)) return perform(owner, secretAnswer, work);
    const stored = await findAnswer(owner);
    if (stored && stored.requestHash !== requestHash) {
      throw new AppError(
        "idempotency_key_reused",
        "This Idempotency-Key was used for a different request. Use a new key for a new request.",
      );
    }
    if (stored && stored.status !== null)
      return jsonResponse(stored.status, secretAnswer ? unseal(owner, stored.response) : stored.response, {
        "idempotent-replayed": "true",
      });
    if (Date.now() > giveUpAt)
      throw new AppError(
        "conflict",
        "The first request with this Idempotency-Key is still being worked on. Try again.",
        [],
        { retryAfterSeconds: 1 },
      );
    await pause(delayMs);
  }
}

async function perform(
  owner: IdempotencyOwner,
  secretAnswer: boolean,
  work: () => Promise<Response>,
): Promise<Response> {
  claims += 1;
  if (claims % purgeEvery === 0)
    purgeKeys().catch((error: unknown) => {
      logger().warn({ err: error }, "could not purge idempotency keys");
    });
  try {
    const response = await work();
    const text = await response.clone().text();
    if (response.ok)
      await storeAnswer(owner, response.status, secretAnswer ? seal(owner, text) : text === "" ? "null" : text);
    else await releaseKey(owner);
    return response;
  } catch (error) {
    await releaseKey(owner);
    throw error;
  }
}

function seal(owner: IdempotencyOwner, text: string): string {
  return JSON.stringify(keyRing().seal(text, sealContext(owner)));
}

function unseal(owner: IdempotencyOwner, stored: Json): unknown {
  if (typeof stored !== "string") throw new Error("a sealed answer is not a text");
  return JSON.parse(keyRing().open(stored, sealContext(owner)));
}

function sealContext({ organizationId, actorId, key }: IdempotencyOwner): string {
  return `idempotency:${organizationId}:${actorId}:${key}`;
}

function hashRequest(request: Request, bytes: Uint8Array): string {
  const { pathname, search } = new URL(request.url);
  return createHash("sha256").update(`${request.method} ${pathname}${search}\n`).update(bytes).digest("hex");
}
