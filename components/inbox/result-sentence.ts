/**
 * What a decision sets off, in a sentence: "Approved. Execute upgrade runs next." The server's words are what
 * the decision does: "runs Execute upgrade (stripe.subscription.update), then Send confirmation", "ends the run: Declined".
 */
export function resultSentence(decision: "approved" | "rejected", next: string): string {
  const word = decision === "approved" ? "Approved." : "Rejected.";
  const does = next.trim().replace(/\.$/, "");
  if (does === "") return word;
  const runs = /^runs (.+)$/.exec(does)?.[1];
  if (runs === undefined) return `${word} That ${does}.`;
  const first = (runs.split(", then ")[0] ?? runs).replaceAll(/ \([^()]*\)/g, "");
  return `${word} ${first} ${first.includes(" and ") ? "run" : "runs"} next.`;
}
