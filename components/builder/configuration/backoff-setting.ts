import type { BackoffSetting } from "@/core/workflow/document";

export interface Backoff {
  type: "fixed" | "exponential";
  delayMs: number;
}

const exponentialBaseMs = 1000;
const defaultMs = 1000;

/** How a setting reads, in whichever of its spellings. */
export function readBackoff(setting: BackoffSetting): Backoff {
  if (typeof setting === "number") return { type: "fixed", delayMs: setting };
  if (setting === "exponential") return { type: "exponential", delayMs: exponentialBaseMs };
  return { type: setting.type, delayMs: setting.delayMs ?? defaultMs };
}

/** The shortest spelling that says the same; details that only the long one has (factor, limit, jitter) stay. */
export function writeBackoff(before: BackoffSetting, { type, delayMs }: Backoff): BackoffSetting {
  if (typeof before === "object" && before.type === type) return { ...before, delayMs };
  if (type === "fixed") return delayMs;
  return delayMs === exponentialBaseMs ? "exponential" : { type, delayMs };
}
