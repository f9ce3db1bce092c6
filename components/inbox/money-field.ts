import type { ApprovalItem } from "@/core/contracts/approval";

/** The amount of money an approval is about, for the card's right edge; null when it is about none. */
export function moneyField(fields: ApprovalItem["fields"]): string | null {
  const named = fields.find((field) => /amount|total|price|cost|refund/i.test(field.label) && /\d/.test(field.value));
  const found = named ?? fields.find((field) => /^(?:[$€£¥₹]|Rp|[A-Z]{3}) ?-?\d/.test(field.value));
  return found?.value ?? null;
}
