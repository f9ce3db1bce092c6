import { undecidableReasons, type Undecidable } from "@/core/contracts/undecidable";

/** That nobody can decide a waitpoint, as its row has it; null: somebody can, or it is not open any more. */
export function readUndecidable(row: {
  status?: string;
  undecidableSince: Date | null;
  undecidableWhy: string | null;
}): Undecidable | null {
  const why = undecidableReasons.find((reason) => reason === row.undecidableWhy);
  if (row.undecidableSince === null || why === undefined || (row.status ?? "open") !== "open") return null;
  return { since: row.undecidableSince.toISOString(), why };
}
