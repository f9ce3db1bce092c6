import type { EngineCommand } from "@/core/engine/protocol";
import type { Json, JsonObject } from "@/core/json";
import type { LoopShortfall, StepFailure } from "@/server/modules/runs/journal";
import type { RunSession } from "./run-session";
import { outputOf } from "./turn";

type CloseContainer = Extract<EngineCommand, { type: "closeContainer" }>;

/** What each iteration gave, in the order of the items; of one that was given up, `{error: {code, message, status?}}`. */
export function iterationOutputs(session: RunSession, { results, failed }: CloseContainer): Json[] {
  return results.map((key, index) => {
    const failedKey = failed?.[index];
    return failedKey === undefined
      ? outputOf(session, key)
      : { error: itemError(session.rows.get(failedKey)?.error ?? null) };
  });
}

/** Null for a loop that did all it was asked to. */
export function shortfallOf({ results, failed, gaveUp }: CloseContainer): LoopShortfall | null {
  const count = Object.keys(failed ?? {}).length;
  return count === 0 && !gaveUp ? null : { of: results.length, failed: count, ...(gaveUp ? { gaveUp } : {}) };
}

/** For people: "1 of 3 items failed." */
export function shortfallWords({ of, failed, gaveUp }: LoopShortfall): string[] {
  return [
    ...(failed > 0 ? [`${String(failed)} of ${String(of)} ${of === 1 ? "item" : "items"} failed.`] : []),
    ...(gaveUp
      ? [`Gave up after ${String(of)} ${of === 1 ? "round" : "rounds"}: the condition was still not true.`]
      : []),
  ];
}

/** What a run that went through came short of, a sentence for each loop; several iterations of an inner one are added up. */
export function runWarnings(session: RunSession): string[] {
  const byNode = new Map<string, { name: string; sum: LoopShortfall }>();
  for (const { nodeId, name, engine } of session.rows.values()) {
    const more = engine?.shortfall;
    if (!more) continue;
    const sum = byNode.get(nodeId)?.sum;
    byNode.set(nodeId, { name, sum: sum ? added(sum, more) : more });
  }
  return [...byNode.values()].flatMap(({ name, sum }) => shortfallWords(sum).map((words) => `${name}: ${words}`));
}

function added(left: LoopShortfall, right: LoopShortfall): LoopShortfall {
  const gaveUp = left.gaveUp ?? right.gaveUp;
  return { of: left.of + right.of, failed: left.failed + right.failed, ...(gaveUp ? { gaveUp } : {}) };
}

function itemError(error: StepFailure | null): JsonObject {
  if (error === null) return { code: "step_failed", message: "The item failed. See its steps." };
  const { code, message, status } = error;
  return { code, message, ...(status === undefined ? {} : { status }) };
}
