import type { TestQuestion } from "@/core/contracts/test-run";

/** "Act as Manager": whose part the tester plays. */
export function partWords({ kind, insteadOf }: Pick<TestQuestion, "kind" | "insteadOf">): string {
  if (kind === "callback") return "Act as the system that calls back";
  return `Act as ${insteadOf.length > 0 ? insteadOf.join(" or ") : nobodyNamed[kind]}`;
}

/** Until when it waits; `clock` writes the time, so that tests can hold it. */
export function timeWords(
  { kind, dueAt }: Pick<TestQuestion, "kind" | "dueAt">,
  clock: (at: number) => string,
): string {
  if (dueAt === null) return "Waits without a limit";
  const time = clock(Date.parse(dueAt));
  return kind === "timer" ? `Waits until ${time}` : `Waits until ${time} at the latest`;
}

const nobodyNamed: Record<TestQuestion["kind"], string> = {
  approval: "the approver",
  form: "the person who fills it in",
  handoff: "the operator",
  callback: "the system that calls back",
  timer: "the clock",
  event: "the sender of the event",
};
