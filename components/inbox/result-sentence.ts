/** "charges $42.60, then writes to “jane@acme.test” by Email" */
export const followsWords = (follows: readonly string[]): string => follows.join(", then ");

/**
 * What a decision sets off, in a sentence: "Approved. It charges $42.60." `next`: what follows, one after the other; null where more
 * people must decide first.
 */
export function resultSentence(decision: "approved" | "rejected", next: readonly string[] | null): string {
  if (next === null)
    return `Your ${decision === "approved" ? "approval" : "rejection"} is kept. More people must decide before the run goes on.`;
  const word = decision === "approved" ? "Approved." : "Rejected.";
  const [first] = next;
  if (first === undefined) return word;
  return `${word} It ${first}${/[.!?…]”?$/u.test(first) ? "" : "."}`;
}
