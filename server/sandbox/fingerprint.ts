import { sha256 } from "@/server/digest";

/** The same hexadecimal text for the same words, always. */
export function fingerprint(text: string, length: number): string {
  return sha256(text).slice(0, length);
}

/** The same decimal digits for the same words, always. */
export function digitsOf(text: string, length: number): string {
  return BigInt(`0x${sha256(text)}`)
    .toString()
    .slice(0, length);
}
