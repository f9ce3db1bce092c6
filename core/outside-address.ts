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

/** Of texts that name nobody here: as whom somebody outside is asked, by what was written, for the first so many addresses. */
export function outsideRefs(unknown: readonly string[]): Map<string, string> {
  const found = unknown.flatMap((text) => {
    const ref = outsideRef(text);
    return ref === null ? [] : [[text, ref] as const];
  });
  const asked = new Set([...new Set(found.map(([, ref]) => ref))].slice(0, mostOutside));
  return new Map(found.filter(([, ref]) => asked.has(ref)));
}
