import { reservedNames } from "@/core/admissible-json";

/** Names that every expression sees; a bare name that is one of these never reads the input or the variables. */
export const contextNames = ["trigger", "input", "step", "vars", "run", "contact", "conversation", "env"] as const;

const nodeIdPattern = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const literalWords: ReadonlySet<string> = new Set(["in", "true", "false", "null"]);
const celWords: ReadonlySet<string> = new Set(
  "in true false null as break const continue else for function if import let loop package namespace return var void while".split(
    " ",
  ),
);
const celTypes: ReadonlySet<string> = new Set(
  "bool bytes double int uint string list map null_type type dyn timestamp duration optional_type optional google".split(
    " ",
  ),
);
const scopeNames: ReadonlySet<string> = new Set([...contextNames, "index"]);

/** Why a text cannot be the id of a node, or null when it can. */
export function nodeIdProblem(id: string): string | null {
  if (!nodeIdPattern.test(id))
    return "An id starts with a letter or _, continues with letters, digits or _, and has at most 64 characters.";
  if (reservedNames.has(id)) return `"${id}" cannot be used as a name. Choose another id.`;
  if (literalWords.has(id)) return `"${id}" has a meaning in expressions. Choose another id.`;
  return null;
}

/** Why a text cannot name the item of a loop, or null when it can. */
export function itemNameProblem(name: string): string | null {
  if (!nodeIdPattern.test(name))
    return "An item name starts with a letter or _, continues with letters, digits or _, and has at most 64 characters.";
  if (reservedNames.has(name)) return `"${name}" cannot be used as a name. Choose another item name.`;
  if (celWords.has(name))
    return `"${name}" is a word of the expression language. Choose another item name, e.g. "${name}_item".`;
  if (celTypes.has(name))
    return `"${name}" is a type of the expression language. Choose another item name, e.g. "${name}_item".`;
  if (scopeNames.has(name)) return `"${name}" already means something in every expression. Choose another item name.`;
  return null;
}
