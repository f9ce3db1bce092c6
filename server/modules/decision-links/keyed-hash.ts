import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/server/env";

/** A hash that nobody makes without the product's secret: six digits are few enough to try them all otherwise. */
export function keyedHash(purpose: string, ...parts: readonly string[]): string {
  return createHmac("sha256", env().NEXTAUTH_SECRET)
    .update(JSON.stringify([purpose, ...parts]))
    .digest("base64url");
}

export function isSameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
