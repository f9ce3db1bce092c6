import { createHmac, timingSafeEqual } from "node:crypto";

/** The step of a run that a callback address belongs to: the key names the iteration too, e.g. `wait[0.2]`. */
export interface CallbackPlace {
  runId: string;
  key: string;
}

const idBytes = 16;
const proofBytes = 16;

/**
 * The secret part of a callback address. Derived from its place, so that a step can hand it out before the wait begins, and
 * carries the place, so that a call that comes before the wait finds its run without a row. Base64url.
 */
export function callbackToken(masterSecret: string, place: CallbackPlace): string {
  const id = Buffer.from(place.runId.replaceAll("-", ""), "hex");
  return Buffer.concat([id, proof(masterSecret, place), Buffer.from(place.key)]).toString("base64url");
}

/** The place behind a token that we made; null for everything else. */
export function readCallbackToken(masterSecret: string, token: string): CallbackPlace | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length <= idBytes + proofBytes) return null;
  const hex = bytes.subarray(0, idBytes).toString("hex");
  const runId = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  const place = { runId, key: bytes.subarray(idBytes + proofBytes).toString() };
  const given = bytes.subarray(idBytes, idBytes + proofBytes);
  return timingSafeEqual(given, proof(masterSecret, place)) ? place : null;
}

function proof(masterSecret: string, { runId, key }: CallbackPlace): Buffer {
  const mac = createHmac("sha256", masterSecret).update(`callback-address:${runId}:${key}`).digest();
  return mac.subarray(0, proofBytes);
}
