/** As many people without an account are asked by one approval. */
export const mostOutside = 20;

const prefix = "email:";
const addressPattern = /^[^\s@:,;<>"]+@[^\s@:,;<>"]+\.[^\s@:,;<>"]+$/;
const longestAddress = 254;

/** `Kim@Bank.test` to `email:kim@bank.test`, as whom somebody without an account is asked; null for what is no address. */
export function outsideRef(text: string): string | null {
  const address = text.trim().toLowerCase();
  return address.length <= longestAddress && addressPattern.test(address) ? `${prefix}${address}` : null;
}

/** The address behind `email:…`; null for any other reference. */
export function outsideAddress(ref: string): string | null {
  return ref.startsWith(prefix) ? ref.slice(prefix.length) : null;
}
