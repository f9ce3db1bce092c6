import type { ApprovalItem } from "@/core/contracts/approval";
import { awayWords, standsInWords } from "@/components/people/away-words";

type Delegated = Pick<ApprovalItem, "delegations" | "delegatedBy" | "delegatedTo" | "deputies" | "standsInFor">;

/** Who may decide in whose name, for the person looking: one sentence each. */
export function delegationWords(item: Delegated, now?: number, timeZone?: string): string[] {
  const { delegations, delegatedBy, delegatedTo, deputies, standsInFor } = item;
  const given = delegations.map(({ from, to, reason }) => {
    const why = reason === null || reason === "" ? "." : `: “${reason}”`;
    if (delegatedTo === to) return `You gave it to ${to}, and either of you may decide${why}`;
    if (delegatedBy?.name === from) return `${from} gave it to you, to decide in their name${why}`;
    return `${from} gave it to ${to}, and either of them may decide${why}`;
  });
  const others = deputies.map(({ from, to, until }) =>
    standsInFor?.name === from
      ? `You decide ${standsInWords(standsInFor, now, timeZone)}.`
      : `${from} is ${awayWords(until, now, timeZone)}, so ${to} may decide it too, in their name.`,
  );
  return [...given, ...new Set(others)];
}
