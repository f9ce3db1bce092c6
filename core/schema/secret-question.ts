import type { JsonObject } from "@/core/json";

/** A question whose answer is never kept in the browser and never shown again to whoever gave it. */
export function isSecretQuestion({ format, writeOnly, "x-sensitive": marked }: JsonObject): boolean {
  return format === "password" || writeOnly === true || marked === true;
}
