import type { ApprovalItem, ApprovalQuestion } from "@/core/contracts/approval";

/** What stands in the place of an answer that is not there. */
export function waitingWords(
  { status, mayAnswer }: Pick<ApprovalItem, "status" | "mayAnswer">,
  { to }: Pick<ApprovalQuestion, "to">,
): string {
  if (status !== "info_requested") return "It was over before the answer came.";
  if (mayAnswer) return "Your answer is waited for. Its time stands still until then.";
  return `${to} has not answered yet. Its time stands still until then.`;
}
