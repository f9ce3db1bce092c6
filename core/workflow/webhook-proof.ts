import type { Trigger } from "./document";

/**
 * Whether calls of a webhook must prove that they are genuine; without a secret to prove it by, all of them are refused.
 * Open is only what says so, and what has said nothing since before it could be said and never had a secret.
 * @param hadSecret whether this webhook has, or ever had, a secret
 */
export function needsProof({ callers, signature = "auto" }: Trigger, hadSecret: boolean): boolean {
  if (signature !== "auto") return true;
  return callers === undefined ? hadSecret : callers === "signed";
}
