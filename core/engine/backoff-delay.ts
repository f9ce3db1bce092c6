import type { BackoffSetting } from "@/core/workflow/document";

/** How long to wait after failed attempt `attempt` (1-based), ms. `random` (0..1) is the jitter. */
export function backoffDelay(setting: BackoffSetting, attempt: number, random: number): number {
  const { type, delayMs, factor, maxDelayMs, jitter } = curve(setting);
  const full = Math.min(maxDelayMs, type === "fixed" ? delayMs : delayMs * factor ** Math.max(0, attempt - 1));
  // Between half and all of it: spread out, yet never a hammer.
  return Math.max(0, Math.round(jitter ? full * (0.5 + random / 2) : full));
}

interface Curve {
  type: "fixed" | "exponential";
  delayMs: number;
  factor: number;
  maxDelayMs: number;
  jitter: boolean;
}

const exponential: Curve = { type: "exponential", delayMs: 1000, factor: 2, maxDelayMs: 60_000, jitter: true };

function curve(setting: BackoffSetting): Curve {
  if (setting === "exponential") return exponential;
  if (typeof setting === "number")
    return { ...exponential, type: "fixed", delayMs: setting, maxDelayMs: Number.POSITIVE_INFINITY, jitter: false };
  return { ...exponential, jitter: setting.type === "exponential", ...setting };
}
