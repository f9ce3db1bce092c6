import type { ApprovalItem } from "@/core/contracts/approval";

type Delegated = Pick<ApprovalItem, "delegations" | "delegatedBy" | "delegatedTo">;

/** Who may decide in whose name, for the person looking: one sentence each. */
export function delegationWords({ delegations, delegatedBy, delegatedTo }: Delegated): string[] {
  return delegations.map(({ from, to, reason }) => {
    const why = reason === null || reason === "" ? "." : `: “${reason}”`;
    if (delegatedTo === to) return `You gave it to ${to}, and either of you may decide${why}`;
    if (delegatedBy?.name === from) return `${from} gave it to you, to decide in their name${why}`;
    return `${from} gave it to ${to}, and either of them may decide${why}`;
  });
}
