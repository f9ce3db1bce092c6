import { charge } from "@/core/expression/budget";
import { expressionLimits } from "@/core/expression/limits";

/**
 * Methods of text that count whole characters (code points), as `size` does. The language's own count UTF-16 units, and
 * so cut an emoji in two halves that no database keeps.
 */
export const textMethods: Readonly<Record<string, (text: string, args: readonly unknown[]) => unknown>> = {
  substring: (text, [start, end]) => {
    const from = position(start);
    const to = end === undefined ? undefined : position(end);
    return hasPairs(text) ? characters(text).slice(from, to).join("") : text.slice(from, to);
  },
  indexOf: (text, [part, from]) => found(text, part, (whole, wanted) => whole.indexOf(wanted, unitsBefore(text, from))),
  lastIndexOf: (text, [part, from]) =>
    found(text, part, (whole, wanted) =>
      from === undefined ? whole.lastIndexOf(wanted) : whole.lastIndexOf(wanted, unitsBefore(text, from)),
    ),
  split: (text, [separator, most]) =>
    typeof separator === "string" ? splitText(text, separator, most === undefined ? -1 : Number(most)) : undefined,
};

/** The parts of a text; with the empty separator its characters. With `most` the last part keeps the rest. */
export function splitText(text: string, separator: string, most = -1): string[] {
  if (most === 0) return [];
  // One more than allowed: the caller refuses lists that are too long.
  const longest = most < 0 ? expressionLimits.listItems + 1 : undefined;
  const parts =
    separator === "" && hasPairs(text) ? characters(text).slice(0, longest) : text.split(separator, longest);
  return most < 0 || parts.length <= most
    ? parts
    : [...parts.slice(0, most - 1), parts.slice(most - 1).join(separator)];
}

function found(text: string, part: unknown, search: (whole: string, wanted: string) => number): unknown {
  if (typeof part !== "string") return undefined;
  const at = search(text, part);
  return BigInt(at <= 0 || !hasPairs(text) ? at : characters(text.slice(0, at)).length);
}

/** How many UTF-16 units the first `count` characters take. */
function unitsBefore(text: string, count: unknown): number {
  if (count === undefined) return 0;
  const wanted = position(count);
  return hasPairs(text) ? characters(text).slice(0, wanted).join("").length : wanted;
}

function hasPairs(text: string): boolean {
  return /[\ud800-\udfff]/.test(text);
}

function characters(text: string): string[] {
  charge(text.length >>> 2);
  return Array.from(text);
}

function position(value: unknown): number {
  return Math.max(0, Math.trunc(Number(value)));
}
