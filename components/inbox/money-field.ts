import type { ApprovalItem } from "@/core/contracts/approval";
import { moneyLine } from "@/core/card-money";

/** The amount of money an approval is about, for the card's right edge; null when it is about none. */
export function moneyField(fields: ApprovalItem["fields"]): string | null {
  return fields[moneyLine(fields)]?.value ?? null;
}
