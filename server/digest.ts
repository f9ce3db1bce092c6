import { createHash } from "node:crypto";

/** SHA-256 of a text as UTF-8, or of bytes: 64 hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** What is stored of a token. Tokens are random and long, so one round is enough; limits and logs keep no more of it either. */
export function hashToken(token: string): string {
  return sha256(token);
}
