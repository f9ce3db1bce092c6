import { defaultConfig, type BackoffSetting, type SpecNode, type WorkflowConfig } from "@/core/workflow/document";
import type { AnyStepDefinition } from "@/core/workflow/step-definition";
import { durationWords, readDuration } from "@/components/builder/fields/duration-value";

/** Where a setting comes from, from near to far. */
export type SettingSource = "step" | "workflow" | "type";

export interface EffectiveRetry {
  tries: { value: number; from: SettingSource };
  backoff: { value: BackoffSetting; from: SettingSource };
  /** Milliseconds per attempt; null: only the run's own limit. */
  timeoutMs: { value: number | null; from: SettingSource };
}

/**
 * What will really happen when a step fails, by the rule of the runtime: step over workflow over type, and a workflow
 * setting that equals the product's default counts as not set.
 */
export function effectiveRetry(node: SpecNode, definition: AnyStepDefinition, config: WorkflowConfig): EffectiveRetry {
  const { retry } = node;
  const ofType = definition.defaultRetry;
  const ownRetries = config.maxRetries === defaultConfig.maxRetries ? undefined : 1 + config.maxRetries;
  const ownBackoff = config.backoff === defaultConfig.backoff ? undefined : config.backoff;
  return {
    tries: nearest(retry?.maxAttempts, ownRetries, ofType?.maxAttempts, 1 + defaultConfig.maxRetries),
    backoff: nearest(retry?.backoff, ownBackoff, ofType?.backoff, defaultConfig.backoff),
    timeoutMs: nearest<number | null>(node.timeoutMs, undefined, definition.defaultTimeoutMs, null),
  };
}

function nearest<T>(
  step: T | undefined,
  workflow: T | undefined,
  type: T | undefined,
  otherwise: T,
): { value: T; from: SettingSource } {
  if (step !== undefined) return { value: step, from: "step" };
  if (workflow !== undefined) return { value: workflow, from: "workflow" };
  return type === undefined ? { value: otherwise, from: "workflow" } : { value: type, from: "type" };
}

/** "3 tries in total, from this workflow's configuration". */
export function triesWords({ tries }: EffectiveRetry): string {
  return `${tries.value === 1 ? "1 try" : `${tries.value} tries`} in total, ${sourceWords[tries.from]}`;
}

const sourceWords: Record<SettingSource, string> = {
  step: "set here",
  workflow: "from this workflow's configuration",
  type: "as usual for this kind of step",
};

/** "1,000 ms apart", "further and further apart". */
export function backoffWords(backoff: BackoffSetting): string {
  if (typeof backoff === "number") return `${backoff.toLocaleString("en")} ms apart`;
  if (backoff === "exponential" || backoff.type === "exponential") return "further and further apart";
  return `${(backoff.delayMs ?? 1000).toLocaleString("en")} ms apart`;
}

/** "30 seconds per try". */
export function timeoutWords(ms: number | null): string {
  if (ms === null) return "no limit per try";
  const read = readDuration(`PT${ms / 1000}S`);
  return `${read === null ? `${ms.toLocaleString("en")} ms` : durationWords(read)} per try`;
}
