import { mostWorkflows, type SetAbsence } from "@/core/contracts/absence";
import type { MemberItem } from "@/core/contracts/member";
import { permissionRoles, roleScopes } from "@/core/permissions";

/** What somebody typed; times as the browser's control says them, in the reader's zone. */
export interface AbsenceDraft {
  from: string;
  until: string;
  deputy: string;
  /** Slugs. */
  workflows: ReadonlySet<string>;
  amount: string;
  currency: string;
  note: string;
}

/** What is to be put right before it can be saved, by field. */
export function absenceProblems(
  { from, until, deputy, amount, currency, workflows }: AbsenceDraft,
  now: number = Date.now(),
): { until?: string; amount?: string; currency?: string } {
  const begin = from === "" ? now : Math.max(Date.parse(from), now);
  const hasLimit = deputy !== "" && (amount.trim() !== "" || currency.trim() !== "");
  return {
    ...(until !== "" && Date.parse(until) <= begin ? { until: "Choose a time after it begins." } : {}),
    ...(hasLimit && !/^\d{1,12}(?:\.\d{1,2})?$/.test(amount.trim())
      ? { amount: "Write a number such as 500 or 99.50." }
      : {}),
    ...(hasLimit && !/^[A-Za-z]{3}$/.test(currency.trim()) ? { currency: "Write three letters." } : {}),
    ...(workflows.size > mostWorkflows
      ? { amount: `Choose at most ${String(mostWorkflows)} workflows, or none for all.` }
      : {}),
  };
}

/** As it is sent. */
export function toAbsence({ from, until, deputy, workflows, amount, currency, note }: AbsenceDraft): SetAbsence {
  const hasDeputy = deputy !== "";
  return {
    ...(from === "" ? {} : { from: new Date(from).toISOString() }),
    until: until === "" ? null : new Date(until).toISOString(),
    deputy: hasDeputy ? deputy : null,
    workflows: hasDeputy ? [...workflows] : [],
    limit:
      hasDeputy && amount.trim() !== ""
        ? { amount: Number(amount.trim()), currency: currency.trim().toUpperCase() }
        : null,
    note: note.trim() === "" ? null : note.trim(),
  };
}

/** Active, and with the right to decide approvals. */
export function mayAnswer({ role, is_active }: MemberItem): boolean {
  const known = permissionRoles.find((each) => each === role);
  return is_active && known !== undefined && roleScopes[known].includes("approvals:decide");
}
