/** Stripe counts in the smallest unit (cents); people and expressions in the currency itself. Two-decimal currencies. */
export function toMajorUnits(minor: number): number {
  return Math.round(minor) / 100;
}

export function toMinorUnits(major: number): number {
  return Math.round(major * 100);
}

/** `(4260, "usd")` -> `$42.60`. */
export function moneyText(minor: number, currency: string): string {
  return new Intl.NumberFormat("en-US", {
    style: "currency",
    currency: /^[a-z]{3}$/i.test(currency) ? currency : "USD",
  }).format(toMajorUnits(minor));
}

/** A plan's id as its name: `enterprise` -> `Enterprise`. */
export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
