import { boundedCache } from "@/core/expression/bounded-cache";

/** A piece of a template: text as it stands, or the source between `${` and `}`. */
export type TemplatePart =
  | { kind: "text"; text: string }
  | { kind: "expression"; source: string; /** Offset of `${`. */ at: number };

export type ParsedTemplate =
  | { ok: true; parts: readonly TemplatePart[] }
  | { ok: false; message: string; /** Offset of the `${` that is wrong. */ at: number };

const parsed = boundedCache<ParsedTemplate>(2_000);

/** Splits a text at its `${…}`. `$${` stands for a literal `${`; braces and quotes inside an expression are respected. */
export function parseTemplate(text: string): ParsedTemplate {
  if (!text.includes("${")) return { ok: true, parts: text === "" ? [] : [{ kind: "text", text }] };
  const known = parsed.get(text);
  if (known) return known;
  const result = split(text);
  // A long text is cheap to split next to what it costs to keep.
  if (text.length <= 10_000) parsed.set(text, result);
  return result;
}

function split(text: string): ParsedTemplate {
  const parts: TemplatePart[] = [];
  let literal = "";
  let at = 0;
  for (;;) {
    const next = text.indexOf("${", at);
    if (next < 0) break;
    if (text[next - 1] === "$" && next > at) {
      literal += `${text.slice(at, next - 1)}\${`;
      at = next + 2;
      continue;
    }
    const end = expressionEnd(text, next + 2);
    if (end < 0)
      return {
        ok: false,
        at: next,
        message: `The template at character ${next + 1} is not closed: add a } at its end, or write $\${ for a literal \${.`,
      };
    literal += text.slice(at, next);
    if (literal !== "") parts.push({ kind: "text", text: literal });
    literal = "";
    parts.push({ kind: "expression", source: text.slice(next + 2, end), at: next });
    at = end + 1;
  }
  literal += text.slice(at);
  if (literal !== "") parts.push({ kind: "text", text: literal });
  return { ok: true, parts };
}

/** The offset of the `}` that closes an expression, or -1. */
function expressionEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === '"' || character === "'") {
      at = quoteEnd(text, at);
      if (at < 0) return -1;
    } else if (character === "{") depth++;
    else if (character === "}" && depth-- === 0) return at;
  }
  return -1;
}

/** The offset of the last character of a quoted text, or -1. As in CEL, a backslash keeps the next character from ending it. */
function quoteEnd(text: string, start: number): number {
  const quote = text[start] ?? "";
  const closing = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  for (let at = start + closing.length; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text.startsWith(closing, at)) return at + closing.length - 1;
  }
  return -1;
}
