/** "Approved. Billing runs next." */
export function resultSentence(decision: "approved" | "rejected", next: string): string {
  const word = decision === "approved" ? "Approved." : "Rejected.";
  const rest = next.trim();
  if (rest === "") return word;
  if (rest.startsWith(word.slice(0, -1))) return rest;
  return `${word} ${rest}${/[.!?]$/.test(rest) ? "" : "."}`;
}
