import { createHash } from "node:crypto";

/** As which a link's token is kept. */
export function hashLinkToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
