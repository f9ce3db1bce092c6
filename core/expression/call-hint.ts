import type { ExpressionFunction } from "@/core/expression/function-entry";
import { expressionFunctions } from "@/core/expression/functions";
import { languageFunctions } from "@/core/expression/language-words";

/** What other languages call them. */
const otherNames: Readonly<Record<string, string>> = {
  toUpperCase: "upper",
  toLowerCase: "lower",
  uppercase: "upper",
  lowercase: "lower",
  strip: "trim",
  includes: "contains",
  length: "size",
  len: "size",
  count: "size",
  some: "exists",
  every: "all",
  parseInt: "number",
  parseFloat: "number",
  toString: "string",
  str: "string",
  toFixed: "round",
  stringify: "json",
  replaceAll: "replace",
  concat: "join",
  ifnull: "default",
  nvl: "default",
};

/** What has no function here, but another way. */
const otherWays: Readonly<Record<string, string>> = {
  now: "Write env.now for the time of this step.",
  today: "Write date(env.now) for today, or date(env.now, 'yyyy-MM-dd', 'Asia/Jakarta') for another zone.",
  iff: "Write condition ? one : other.",
  reduce: "Add up with sum(list.map(x, x.price)), or use a loop step.",
  push: "Add lists with +, e.g. list + [item].",
  slice: "Cut texts with text.substring(start, end).",
};

/** How a call that fits nothing is to be written; null when its name says nothing. */
export function callHint({
  name,
  receiver,
  count,
}: {
  name: string;
  receiver: string | null;
  count: number;
}): string | null {
  if (Object.hasOwn(otherWays, name)) return otherWays[name] ?? null;
  const known = Object.hasOwn(otherNames, name) ? (otherNames[name] ?? name) : name;
  const entry = find(known);
  if (entry === null) return null;
  const isMethod = entry.signature.includes(`.${known}(`);
  if (receiver !== null && !isMethod && count === 0) return `Write \`${known}(${receiver})\`.`;
  return `It is written \`${entry.signature}\`, for example \`${entry.example}\`.`;
}

function find(name: string): ExpressionFunction | null {
  return [...expressionFunctions, ...languageFunctions].find((entry) => entry.name === name) ?? null;
}
