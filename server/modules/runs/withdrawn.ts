/** Why a run was cancelled that whoever asked for it did not want any more. */
const withdrawals = { customer: "withdrawn by the customer", requester: "withdrawn by the requester" } as const;
export type Withdrawer = keyof typeof withdrawals;

/** What its cancel says. `reason`: their own words, where they gave any. */
export function withdrawalWords(by: Withdrawer, reason?: string): string {
  return reason === undefined || reason === "" ? withdrawals[by] : `${withdrawals[by]}: ${reason}`;
}

export function isWithdrawn(cancelReason: string | null): boolean {
  return Object.values(withdrawals).some((words) => cancelReason === words || cancelReason?.startsWith(`${words}: `));
}

/** What whoever withdrew it said; null: nothing, or it was not withdrawn. */
export function withdrawalReason(cancelReason: string | null): string | null {
  const words = Object.values(withdrawals).find((each) => cancelReason?.startsWith(`${each}: `));
  return words === undefined || cancelReason === null ? null : cancelReason.slice(words.length + 2);
}
