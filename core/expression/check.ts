import { literalProblem } from "@/core/expression/literal-problem";
import { compile } from "@/core/expression/program";
import { expressionReferences } from "@/core/expression/references";

export interface CheckContext {
  /** The root names that exist at this place; `any` when that is not known (an input without a schema). */
  names: readonly string[] | "any";
}

export type CheckResult =
  | { ok: true; /** CEL's name of the type; `dyn` when only the data can tell. */ type: string }
  | { ok: false; message: string };

/** Checks an expression without data: syntax, functions, types of literals, and names when the list of names is closed. */
export function checkExpression(source: unknown, context: CheckContext): CheckResult {
  const compiled = compile(source);
  if (!compiled.ok) return { ok: false, message: compiled.problem.message };
  const literal = literalProblem(compiled.program.ast);
  if (literal !== null) return { ok: false, message: literal };
  const { names } = context;
  if (names !== "any") {
    const unknown = expressionReferences(source).names.find((name) => !names.includes(name));
    if (unknown !== undefined) return { ok: false, message: unknownName(unknown, names) };
  }
  return { ok: true, type: compiled.program.type };
}

function unknownName(name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return `\`${name}\` is not known here. ${near ? `Did you mean \`${near}\`?` : `Known names: ${names.slice(0, 20).join(", ")}.`}`;
}

function nearest(name: string, names: readonly string[]): string | null {
  const ranked = names.map((candidate) => ({
    candidate,
    distance: editDistance(name.toLowerCase(), candidate.toLowerCase()),
  }));
  const best = ranked.sort((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= Math.max(1, Math.floor(name.length / 3)) ? best.candidate : null;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
