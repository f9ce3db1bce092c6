import { createHmac, timingSafeEqual } from "node:crypto";

/** The step of a run that an address belongs to: the key names the iteration too, e.g. `wait[0.2]`. */
export interface StepPlace {
  runId: string;
  key: string;
}

/**
 * What somebody may do who has the address: call a step that waits for a call, fill in a step's form, follow the run as whoever asked for
 * it, or be told that there is news of it.
 */
export type StepPurpose = "callback" | "form" | "tracking" | "news";

const idBytes = 16;
const proofBytes = 16;

/**
 * The secret part of an address. Derived from its place, so that a step can hand it out before the wait begins, and carries the
 * place, so that whoever comes before the wait finds its run without a row. Base64url. One of a purpose opens nothing of another.
 */
export function stepToken(masterSecret: string, purpose: StepPurpose, place: StepPlace): string {
  const id = Buffer.from(place.runId.replaceAll("-", ""), "hex");
  return Buffer.concat([id, proof(masterSecret, purpose, place), Buffer.from(place.key)]).toString("base64url");
}

/** A run as a whole has addresses too: those of a step that there cannot be. */
const wholeRun = ".";

/** The secret part of an address of a whole run. */
export function runToken(masterSecret: string, purpose: StepPurpose, runId: string): string {
  return stepToken(masterSecret, purpose, { runId, key: wholeRun });
}

/** The run behind such a token; null for everything else. */
export function readRunToken(masterSecret: string, purpose: StepPurpose, token: string): string | null {
  const place = readStepToken(masterSecret, purpose, token);
  return place?.key === wholeRun ? place.runId : null;
}

/** The place behind a token that we made for this purpose; null for everything else. */
export function readStepToken(masterSecret: string, purpose: StepPurpose, token: string): StepPlace | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length <= idBytes + proofBytes) return null;
  const hex = bytes.subarray(0, idBytes).toString("hex");
  const runId = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  const place = { runId, key: bytes.subarray(idBytes + proofBytes).toString() };
  const given = bytes.subarray(idBytes, idBytes + proofBytes);
  return timingSafeEqual(given, proof(masterSecret, purpose, place)) ? place : null;
}

function proof(masterSecret: string, purpose: StepPurpose, { runId, key }: StepPlace): Buffer {
  const mac = createHmac("sha256", masterSecret).update(`${purpose}-address:${runId}:${key}`).digest();
  return mac.subarray(0, proofBytes);
}
