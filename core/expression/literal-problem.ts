import { childNodes, isCelNode, type CelNode } from "@/core/expression/cel-node";
import { addDuration, date, toTime } from "@/core/expression/function-time";
import { ExpressionProblem } from "@/core/expression/problem";

/** What is certain to fail, or to mean something else, before there is any data: written times, patterns, names with a hyphen. */
export function literalProblem(root: CelNode): string | null {
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    const problem = problemOf(node);
    if (problem !== null) return problem;
    pending.push(...childNodes(node));
  }
  return null;
}

function problemOf(node: CelNode): string | null {
  if (node.op === "-") return hyphenProblem(node);
  if (node.op !== "call" || !Array.isArray(node.args)) return null;
  const parts: readonly unknown[] = node.args;
  const [name, given] = parts;
  const check = typeof name === "string" && Object.hasOwn(checks, name) ? checks[name] : undefined;
  if (check === undefined || !Array.isArray(given)) return null;
  try {
    check(given.map((argument: unknown) => writtenText(argument)));
    return null;
  } catch (error) {
    if (error instanceof ExpressionProblem) return error.message;
    throw error;
  }
}

/** Stands in for what is only known with data. */
const someTime = new Date(0);

const checks: Readonly<Record<string, (args: readonly (string | undefined)[]) => unknown>> = {
  timestamp: ([time]) => (time === undefined ? null : toTime("timestamp", time)),
  date: ([time, pattern, zone]) => date(time ?? someTime, pattern, zone),
  addDuration: ([time, duration]) => addDuration(time ?? someTime, duration ?? "PT0S"),
};

function writtenText(argument: unknown): string | undefined {
  return isCelNode(argument) && argument.op === "value" && typeof argument.args === "string"
    ? argument.args
    : undefined;
}

/** `trigger.order-id` is a subtraction to the language, and never what was meant. */
function hyphenProblem(node: CelNode): string | null {
  const [left, right] = childNodes(node);
  if (left?.op !== "." || right?.op !== "id" || typeof right.args !== "string" || !Array.isArray(left.args))
    return null;
  if (node.input.slice(left.end, right.start) !== "-") return null;
  const parts: readonly unknown[] = left.args;
  const [root, key] = parts;
  if (!isCelNode(root) || typeof key !== "string") return null;
  const path = node.input.slice(root.start, root.end);
  return `\`${path}.${key}-${right.args}\` is read as \`${path}.${key}\` minus \`${right.args}\`. For the name, write \`${path}['${key}-${right.args}']\`; for a subtraction, put spaces around the minus.`;
}
