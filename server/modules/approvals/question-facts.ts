import type { ApprovalItem } from "@/core/contracts/approval";
import type { Actor } from "@/server/db/tenant";
import type { ApprovalRow } from "./repository";
import { readQuestions } from "./request";

interface Asking {
  run: { conversationId: string | null; initiatedBy: string | null; test: boolean } | undefined;
  /** Whether the reader may decide. */
  mayDecide: boolean;
  isMember: (userId: string) => boolean;
  mask: (text: string | null) => string | null;
}

/** What was asked back, and whether the reader may ask or answer. */
export function questionFacts(
  actor: Actor,
  row: ApprovalRow,
  { run, mayDecide, isMember, mask }: Asking,
): Pick<ApprovalItem, "questions" | "mayAsk" | "mayAnswer"> {
  const isOpen = row.status === "open";
  const hasRequester =
    run !== undefined &&
    (run.conversationId !== null ||
      (run.initiatedBy !== null && run.initiatedBy !== actor.userId && isMember(run.initiatedBy)));
  return {
    questions: readQuestions(row.questions).map((each) => ({
      id: each.id,
      by: each.byName,
      to: each.toName,
      text: mask(each.text) ?? "",
      at: each.at,
      answer: mask(each.answer ?? null),
      answeredBy: each.answeredBy ?? null,
      answeredAt: each.answeredAt ?? null,
    })),
    mayAsk: isOpen && mayDecide && row.questionAt === null && run?.test === false && hasRequester,
    mayAnswer: isOpen && row.questionFor !== null && row.questionFor === actor.userId && actor.scopes.has("runs:start"),
  };
}
