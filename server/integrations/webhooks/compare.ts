import { createHmac, timingSafeEqual } from "node:crypto";

/** Whether two texts are the same, in a time that tells neither content nor length of the wanted one. */
export function isSame(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHmac("sha256", "compare").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** The same over all candidates, without stopping at the first that fits. */
export function isOneOf(given: readonly string[], wanted: string): boolean {
  return given.reduce((found, each) => isSame(each, wanted) || found, false);
}
