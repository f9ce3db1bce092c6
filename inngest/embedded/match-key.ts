import type { JsonObject } from "@/core/json";
import { parseCondition, type Condition } from "./condition";
import { bind } from "./condition-value";

/** How a waiting run is found when an event comes: by an indexed key, and by what is left of the condition. */
export interface Match {
  /** `key=text` of a top-level string in the event's data, or `*`. */
  key: string;
  residual: Condition | null;
}

/** Longer values do not fit an index entry comfortably; they are compared one by one instead. */
const maxKeyLength = 400;

/** Binds a wait's condition to its run's own event. Throws for a condition outside the subset. */
export function matchOf(source: string | undefined, event: JsonObject): Match {
  if (source === undefined) return { key: "*", residual: null };
  const parts = conjuncts(bind(parseCondition(source), event));
  const keys = parts.map(keyOf);
  const at = keys.findIndex((key) => key !== null);
  const rest = parts.filter((_, index) => index !== at);
  return {
    key: keys[at] ?? "*",
    residual: rest.length === 0 ? null : rest.reduce((left, right) => ({ op: "and", left, right })),
  };
}

function conjuncts(condition: Condition): Condition[] {
  return condition.op === "and" ? [...conjuncts(condition.left), ...conjuncts(condition.right)] : [condition];
}

function keyOf(condition: Condition): string | null {
  if (condition.op !== "==") return null;
  const [left, right] =
    condition.left.op === "literal" ? [condition.right, condition.left] : [condition.left, condition.right];
  if (left.op !== "path" || left.root !== "async" || left.path.length !== 2 || left.path[0] !== "data") return null;
  if (right.op !== "literal" || typeof right.value !== "string" || right.value.length > maxKeyLength) return null;
  const key = String(left.path[1]);
  return key.includes("=") ? null : `${key}=${right.value}`;
}
