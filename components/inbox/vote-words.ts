import type { ApprovalItem, ApprovalVote } from "@/core/contracts/approval";

/** "Kim approved this: “Fine with me”" */
export function voteWords({ name, decision, comment }: ApprovalVote): string {
  return `${name} ${decision} this${comment === null || comment === "" ? "." : `: “${comment}”`}`;
}

type Asked = Pick<ApprovalItem, "votes" | "decisionsNeeded" | "quorum">;

/** How many must approve yet, or who is asked next; null where the first decision counts. */
export function quorumWords({ votes, decisionsNeeded, quorum }: Asked): string | null {
  const approved = votes.filter(({ decision }) => decision === "approved").length;
  if (quorum.mode === "sequence" && quorum.then.length > 0)
    return `Then ${listed(quorum.then)} ${quorum.then.length === 1 ? "is" : "are"} asked${quorum.then.length > 1 ? ", one after the other" : ""}.`;
  if (quorum.mode === "sequence") return votes.length === 0 ? null : "This is the last decision.";
  if (decisionsNeeded < 2) return null;
  const left = decisionsNeeded - approved;
  if (approved > 0)
    return left === 1 ? "One more person must approve it." : `${String(left)} more people must approve it.`;
  if (quorum.mode === "all")
    return `All ${String(decisionsNeeded)} people who are asked must approve it. One rejection rejects it.`;
  if (quorum.mode === "any") return "Who asked for this is not proven, so two people must approve it.";
  return `${String(decisionsNeeded)} people must approve it.`;
}

/** Whether an approval now decides by itself. */
export function isLastWord({ votes, decisionsNeeded }: Asked): boolean {
  return decisionsNeeded - votes.filter(({ decision }) => decision === "approved").length < 2;
}

/** For the card of a list: "1 of 3 approved"; null where the first decision counts. */
export function countWords({ votes, decisionsNeeded }: Asked): string | null {
  if (decisionsNeeded < 2) return null;
  return `${String(votes.filter(({ decision }) => decision === "approved").length)} of ${String(decisionsNeeded)} approved`;
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
