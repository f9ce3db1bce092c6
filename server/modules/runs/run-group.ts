import { sha256 } from "@/server/digest";
import { AppError } from "@/core/errors";
import { evaluateExpression } from "@/core/expression/evaluate";
import { buildScope } from "@/core/expression/scope";
import { renderTemplate } from "@/core/expression/template";
import type { Json, JsonObject } from "@/core/json";
import { logger } from "@/server/logger";
import type { StartFacts } from "@/server/modules/workflows/service";
import type { RunGroup } from "./run-start";

const maxKeyLength = 200;

/** The group that a new run counts in, by its workflow's configuration; null = nothing limits it. */
export function runGroup({ concurrency, variables, version }: StartFacts, input: JsonObject): RunGroup | null {
  if (concurrency === null) return null;
  const { key, limit, whenFull } = concurrency;
  return { key: key === null ? "all" : `key:${rendered(key, input, variables, version)}`, limit, whenFull };
}

/** The runs of a schedule that may not overlap wait for each other. */
export function scheduleGroup(triggerId: string): RunGroup {
  return { key: `schedule:${triggerId}`, limit: 1, whenFull: "queue" };
}

export function groupIsFull(slug: string, group: RunGroup | null): AppError {
  const limit = String(group?.limit ?? 0);
  return new AppError(
    "concurrency_limit",
    `"${slug}" has ${limit} of ${limit} runs under way and starts no more until one ends. Try again later, or raise the limit in its configuration.`,
  );
}

/** A key that cannot be worked out counts with all others of its kind: nothing is lost, and the limit holds. */
function rendered(key: string, input: JsonObject, variables: JsonObject, version: number): string {
  const scope = buildScope({
    trigger: input,
    input,
    vars: variables,
    run: {},
    contact: null,
    conversation: null,
    step: {},
    now: Date.now(),
  });
  const result = key.includes("${") ? renderTemplate(key, scope) : evaluateExpression(key, scope);
  if (!result.ok) logger().warn({ key, version, problem: result.error.message }, "a concurrency key has no value");
  const text = result.ok ? asText(result.value) : "";
  return text.length > maxKeyLength ? sha256(text) : text;
}

function asText(value: Json): string {
  return value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);
}
