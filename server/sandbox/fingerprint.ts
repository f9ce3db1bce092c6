import { createHash } from "node:crypto";

/** The same hexadecimal text for the same words, always. */
export function fingerprint(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

/** The same decimal digits for the same words, always. */
export function digitsOf(text: string, length: number): string {
  return BigInt(`0x${createHash("sha256").update(text).digest("hex")}`)
    .toString()
    .slice(0, length);
}
