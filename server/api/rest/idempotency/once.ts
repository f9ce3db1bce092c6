import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { AppError } from "@/core/errors";
import { newId } from "@/core/ids";
import type { Json } from "@/core/json";
import { keyRing } from "@/server/auth/key-ring";
import { idempotencyContext } from "@/server/integrations/secrets/key-ring";
import type { Actor } from "@/server/db/tenant";
import { accompanied, type Transaction } from "@/server/db/transaction";
import { logger } from "@/server/logger";
import { jsonResponse } from "@/server/http/respond";
import {
  claimKey,
  findAnswer,
  markWorked,
  releaseKey,
  releaseUnworked,
  storeAnswer,
  type Claim,
  type IdempotencyOwner,
} from "./store";

const keyPattern = /^[\x21-\x7e]{1,255}$/;
const waitForFirstMs = 10_000;

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

/**
 * Does the work for the first request with this key and answers the others with its answer. Refusals are not kept. What the
 * work writes and the note that it was done are one transaction, so a repeat never does it again, whatever dies when.
 */
export async function answerOnce(
  { request, actor, key, bytes, secretAnswer }: KeyedRequest,
  work: () => Promise<Response>,
): Promise<Response> {
  const claim = { organizationId: actor.organizationId, actorId: actor.id, key, token: newId() };
  const requestHash = hashRequest(request, bytes);
  const giveUpAt = Date.now() + waitForFirstMs;
  for (let delayMs = 10; ; delayMs = Math.min(delayMs * 2, 200)) {
    if (await claimKey(claim, requestHash)) return perform(claim, secretAnswer, work);
    const stored = await findAnswer(claim);
    if (stored && stored.requestHash !== requestHash) {
      throw new AppError(
        "idempotency_key_reused",
        "This Idempotency-Key was used for a different request. Use a new key for a new request.",
      );
    }
    if (stored && stored.status !== null)
      return jsonResponse(stored.status, secretAnswer ? unseal(claim, stored.response) : stored.response, {
        "idempotent-replayed": "true",
      });
    if (stored?.worked && stored.abandoned) throw answerLost();
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

async function perform(claim: Claim, secretAnswer: boolean, work: () => Promise<Response>): Promise<Response> {
  const response = await accompanied((tx) => note(tx, claim), work).catch(async (error: unknown) => {
    await (error instanceof AppError ? releaseKey(claim) : releaseUnworked(claim));
    throw error;
  });
  if (!response.ok) {
    await releaseKey(claim);
    return response;
  }
  const text = await response.clone().text();
  // The work is done: from here on nothing may let a repeat do it again, least of all a failure to keep the answer.
  await keep(claim, response.status, secretAnswer ? seal(claim, text) : text === "" ? "null" : text);
  return response;
}

async function note(tx: Transaction, claim: Claim): Promise<void> {
  if (!(await markWorked(tx, claim)))
    throw new AppError(
      "conflict",
      "This request took so long that a repeat of it was begun. The repeat has the answer; send it again to get it.",
    );
}

async function keep(claim: Claim, status: number, answer: string): Promise<void> {
  try {
    if (!(await storeAnswer(claim, status, answer)))
      logger().warn("a repeat took over a request that was still at work");
  } catch (error) {
    logger().error({ err: error }, "the answer for an Idempotency-Key could not be kept; repeats will be refused");
  }
}

function answerLost(): AppError {
  return new AppError(
    "conflict",
    "The first request with this Idempotency-Key was carried out, but its answer was lost. Look up what it made; use a new key for a new request.",
  );
}

function seal(owner: IdempotencyOwner, text: string): string {
  return JSON.stringify(keyRing().seal(text, idempotencyContext(owner)));
}

function unseal(owner: IdempotencyOwner, stored: Json): unknown {
  if (typeof stored !== "string") throw new Error("a sealed answer is not a text");
  return JSON.parse(keyRing().open(stored, idempotencyContext(owner)));
}

function hashRequest(request: Request, bytes: Uint8Array): string {
  const { pathname, search } = new URL(request.url);
  return createHash("sha256").update(`${request.method} ${pathname}${search}\n`).update(bytes).digest("hex");
}
