import { checkExpression } from "@/core/expression/check";
import { parseTemplate } from "@/core/expression/template-syntax";

/** What is wrong with a text while it is typed, and which part of it. */
export interface TextProblem {
  message: string;
  from: number;
  to: number;
}

export type TextKind = "expression" | "template";

/** Checks syntax, functions, types and, where the list of names is closed, names. An empty text is not wrong here. */
export function checkText(kind: TextKind, text: string, names: readonly string[] | "any"): TextProblem | null {
  if (text.trim() === "") return null;
  if (kind === "expression") return checkPart(text, 0, names);
  const template = parseTemplate(text);
  if (!template.ok) return { message: template.message, from: template.at, to: text.length };
  for (const part of template.parts) {
    const problem = part.kind === "expression" ? checkPart(part.source, part.at + 2, names) : null;
    if (problem) return problem;
  }
  return null;
}

function checkPart(source: string, offset: number, names: readonly string[] | "any"): TextProblem | null {
  if (source.trim() === "")
    return {
      message: "Nothing stands between ${ and }. Name a value, e.g. input.email.",
      from: offset - 2,
      to: offset + source.length + 1,
    };
  const checked = checkExpression(source, { names });
  if (checked.ok) return null;
  const [from, to] = place(source, checked.message);
  return { message: checked.message, from: offset + from, to: offset + to };
}

/** The part of the source that the sentence speaks of; all of it when the sentence names none. */
function place(source: string, message: string): [from: number, to: number] {
  const at = /at character (\d+)/.exec(message)?.[1];
  if (at !== undefined) {
    const from = Math.max(0, Math.min(Number(at) - 1, source.length - 1));
    return [from, source.length];
  }
  const named = /`([^`]+)`/.exec(message)?.[1];
  const found = named === undefined ? -1 : source.indexOf(named);
  return named === undefined || found < 0 ? [0, source.length] : [found, found + named.length];
}
