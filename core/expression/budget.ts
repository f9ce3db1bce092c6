import { ExpressionProblem } from "@/core/expression/problem";
import { expressionLimits } from "@/core/expression/limits";

/*
 * One evaluation at a time: evaluation is synchronous and no function evaluates another expression, so the counter can
 * live in the module. It is what ends nested comprehensions: the CEL evaluator has no run-time limit of its own.
 */
let opened = 0;
let remaining = 0;
let shared: SharedBudget | null = null;

/** What several evaluations may cost together: a thousand cheap expressions are not cheap. */
export interface SharedBudget {
  left: number;
}

export function sharedBudget(): SharedBudget {
  return { left: expressionLimits.sharedSteps };
}

/** Runs evaluations that pay from one budget; inside of another `withinBudget` that one pays. `work` is synchronous. */
export function withinBudget<T>(budget: SharedBudget, work: () => T): T {
  if (shared !== null) return work();
  shared = budget;
  try {
    return work();
  } finally {
    shared = null;
  }
}

/** Allocated once: quantifiers swallow and re-raise errors per item, and building a stack trace each time is slow. */
const spent = new ExpressionProblem(
  "expression_limit",
  "The expression has too much to do. Pick a part of long texts and lists first, nest fewer loops, or split it over several steps.",
);

export function openBudget(): void {
  opened = Math.min(expressionLimits.steps, Math.max(0, shared?.left ?? Infinity));
  remaining = opened;
}

export function closeBudget(): void {
  if (shared !== null) shared.left -= opened - remaining;
}

/** Throws when the budget is used up, and again at every later charge of the same evaluation. */
export function charge(steps: number): void {
  remaining -= steps;
  if (remaining < 0) throw spent;
}

/** An error costs far more than a value: its message shows the place in the source. */
export function chargeForError(): void {
  charge(100);
}

/** `||`, `&&` and quantifiers may have swallowed the error, so this is asked again at the end. */
export function budgetProblem(): ExpressionProblem | null {
  return remaining < 0 ? spent : null;
}
