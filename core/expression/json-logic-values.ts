import { display } from "@/core/expression/function-text";
import { tooManyItems } from "@/core/expression/operators";
import { expressionLimits } from "@/core/expression/limits";

/** What JSON-logic takes for true: everything but null, false, 0, "" and the empty list. */
export function truthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "bigint") return value !== 0n;
  return Boolean(value);
}

/** `merge`: the lists as one; what is no list is an item. */
export function merged(lists: unknown): unknown[] {
  const all = (Array.isArray(lists) ? lists : [lists]).flat() as unknown[];
  if (all.length > expressionLimits.listItems) throw tooManyItems;
  return all;
}

/** `substr`: text, start and length, by whole characters; negative numbers count from the end. */
export function partOfText(args: unknown): string {
  const [text, start, length] = Array.isArray(args) ? (args as unknown[]) : [];
  const characters = Array.from(display(text ?? ""));
  const from = characters.slice(Number(start ?? 0));
  if (length === undefined) return from.join("");
  return from.slice(0, Number(length)).join("");
}
