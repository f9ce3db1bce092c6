import { ruleSentence } from "@/core/approver-rules/words";
import type { AskingRule } from "@/core/contracts/approval";
import type { ApprovalRequest } from "./request";

/** Why these people are asked, where a table of approver rules said so. A row may quote what the run calls sensitive. */
export function askingRule(
  { rule }: Pick<ApprovalRequest, "rule">,
  mask: (text: string | null) => string | null,
): AskingRule | null {
  if (rule === undefined) return null;
  const { table, version, row, note = null } = rule;
  return { table, version, row, sentence: mask(ruleSentence(rule)) ?? "", note: mask(note) };
}
