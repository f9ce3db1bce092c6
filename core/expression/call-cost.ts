const searches: ReadonlySet<string> = new Set(["contains", "indexOf", "lastIndexOf", "split"]);

/** Of functions of the language that take longer than a step. */
const ownCost: ReadonlyMap<string, number> = new Map([
  ["timestamp", 6],
  ["duration", 3],
  ["string", 2],
  ["double", 1],
]);

/** What a call walks: text at 32 characters a step, lists at 8 items; a search may compare every pair of characters. */
export function costOf(name: string, args: readonly unknown[]): number {
  let cost = ownCost.get(name) ?? 0;
  for (const arg of args) {
    if (typeof arg === "string") cost += name === "size" ? arg.length >>> 9 : arg.length >>> 5;
    else if (Array.isArray(arg)) cost += arg.length >>> 3;
    else if (arg instanceof Uint8Array) cost += arg.length >>> 5;
  }
  const [text, part] = args;
  if (searches.has(name) && typeof text === "string" && typeof part === "string") {
    if (name === "split") cost += text.length >>> 4;
    cost += Math.floor((text.length * part.length) / 1024);
  }
  return cost;
}
