import type { StepDefinitions } from "@/core/workflow/step-definition";
import { stepDefinitions } from "@/steps/definitions";

/** Where a run can be taken up again: after each durable step (a call or a wait) that was settled with a way on. */
export function isSnapshot({ type, status, handle }: { type: string; status: string; handle: string | null }): boolean {
  const isSettled = status === "completed" || (status === "failed" && handle !== null);
  return isSettled && durableTypes().includes(type);
}

let durable: string[] | undefined;

/** Steps that only compute are worked out again, which costs and changes nothing. */
export function durableTypes(): string[] {
  const definitions: StepDefinitions = stepDefinitions;
  durable ??= Object.values(definitions)
    .filter(({ kind }) => kind === "effect" || kind === "wait")
    .map(({ type }) => type);
  return durable;
}
