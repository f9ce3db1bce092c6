import { ExpressionProblem } from "@/core/expression/problem";

/** Writes a JSON-logic object as CEL text. Throws a problem that names what is not understood. */
export function jsonLogicToCel(logic: unknown): string {
  return translate(logic, 0);
}

/** What JSON-logic takes for true: everything but null, false, 0, "" and the empty list. */
export function truthy(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "bigint") return value !== 0n;
  return Boolean(value);
}

function translate(logic: unknown, depth: number): string {
  if (depth > 50)
    throw new ExpressionProblem(
      "expression_limit",
      "The JSON-logic is nested too deeply. Split it over several steps.",
    );
  if (Array.isArray(logic)) return `[${logic.map((item) => translate(item, depth + 1)).join(", ")}]`;
  if (typeof logic !== "object" || logic === null) return literal(logic);
  const entries: [string, unknown][] = Object.entries(logic);
  const [entry] = entries;
  if (!entry || entries.length > 1)
    throw new ExpressionProblem(
      "bad_expression",
      'A JSON-logic object has exactly one key, its operator, e.g. {"==": [{"var": "plan"}, "pro"]}.',
    );
  const [operator, given] = entry;
  const write = operators.get(operator);
  if (!write)
    throw new ExpressionProblem(
      "bad_expression",
      `JSON-logic operator "${operator.slice(0, 40)}" is not supported. Use one of ${[...operators.keys()].join(" ")}, or write the expression as text.`,
    );
  const args: readonly unknown[] = Array.isArray(given) ? given : [given];
  return write({
    operator,
    args,
    text: args.map((argument) => (operator === "var" || operator === "missing" ? "" : translate(argument, depth + 1))),
  });
}

interface Call {
  operator: string;
  args: readonly unknown[];
  /** The arguments as CEL. */
  text: readonly string[];
}

const operators: ReadonlyMap<string, (call: Call) => string> = new Map([
  ["var", ({ args }) => variable(args[0], args.length > 1 ? literal(args[1]) : "null")],
  ["missing", missingNames],
  ["==", (call) => binary(call, "==")],
  ["===", (call) => binary(call, "==")],
  ["!=", (call) => binary(call, "!=")],
  ["!==", (call) => binary(call, "!=")],
  ["<", comparison],
  ["<=", comparison],
  [">", comparison],
  [">=", comparison],
  ["and", (call) => logical(call, "&&")],
  ["or", (call) => logical(call, "||")],
  ["!", ({ text }) => `(!truthy(${text[0] ?? "null"}))`],
  ["!!", ({ text }) => `truthy(${text[0] ?? "null"})`],
  ["in", (call) => `(${argument(call, 0)} in ${argument(call, 1)})`],
  ["if", conditional],
  ["+", (call) => arithmetic(call, "+")],
  ["-", (call) => (call.text.length === 1 ? `(-number(${argument(call, 0)}))` : binary(numeric(call), "-"))],
  ["*", (call) => arithmetic(call, "*")],
  ["/", (call) => binary(numeric(call), "/")],
  ["%", (call) => binary(numeric(call), "%")],
]);

function binary(call: Call, operator: string): string {
  return `(${argument(call, 0)} ${operator} ${argument(call, 1)})`;
}

/** `<` and `<=` with three arguments mean "between". */
function comparison(call: Call): string {
  const first = binary(call, call.operator);
  return call.text.length < 3 ? first : `(${first} && ${argument(call, 1)} ${call.operator} ${argument(call, 2)})`;
}

/** JSON-logic joins any values; its result is only ever used as true or false here. */
function logical(call: Call, operator: string): string {
  if (call.text.length === 0) throw tooFew(call);
  return `(${call.text.map((part) => `truthy(${part})`).join(` ${operator} `)})`;
}

function conditional({ text }: Call): string {
  const [condition, yes, ...rest] = text;
  if (condition === undefined) return "null";
  if (yes === undefined) return condition;
  return `(truthy(${condition}) ? ${yes} : ${conditional({ operator: "if", args: [], text: rest })})`;
}

function arithmetic(call: Call, operator: string): string {
  if (call.text.length === 0) throw tooFew(call);
  return `(${numeric(call).text.join(` ${operator} `)})`;
}

function numeric(call: Call): Call {
  return { ...call, text: call.text.map((part) => `number(${part})`) };
}

function argument(call: Call, index: number): string {
  const text = call.text[index];
  if (text === undefined) throw tooFew(call);
  // A literal on the left would fix the type of the comparison before the data is known.
  return `dyn(${text})`;
}

function tooFew(call: Call): ExpressionProblem {
  return new ExpressionProblem(
    "bad_expression",
    `JSON-logic operator "${call.operator}" needs more arguments: give them as a list.`,
  );
}

/** A missing variable is null in JSON-logic. */
function variable(path: unknown, fallback: string): string {
  if (typeof path === "number") return variable(String(path), fallback);
  if (typeof path !== "string" || path === "")
    throw new ExpressionProblem("bad_expression", 'JSON-logic "var" needs a path such as "trigger.amount".');
  return `default(${pathToCel(path)}, ${fallback})`;
}

function missingNames({ args }: Call): string {
  const names = args.flat().map((name) => (typeof name === "string" && name !== "" ? name : null));
  if (names.length === 0) return "[]";
  const parts = names.map((name) => {
    if (name === null) throw new ExpressionProblem("bad_expression", 'JSON-logic "missing" needs a list of paths.');
    return `(default(${pathToCel(name)}, null) == null ? [${literal(name)}] : [])`;
  });
  return `(${parts.join(" + ")})`;
}

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;
const celWords: ReadonlySet<string> = new Set(
  "as break const continue else false for function if import in let loop package namespace null return true var void while __proto__ prototype".split(
    " ",
  ),
);

function pathToCel(path: string): string {
  const [root = "", ...keys] = path.split(".");
  const start = identifier.test(root) && !celWords.has(root) ? root : `input[${literal(root)}]`;
  return keys.reduce((text, key) => {
    if (/^\d{1,9}$/.test(key)) return `${text}[${Number(key)}]`;
    return identifier.test(key) && !celWords.has(key) ? `${text}.${key}` : `${text}[${literal(key)}]`;
  }, start);
}

function literal(value: unknown): string {
  switch (typeof value) {
    case "string":
      // JSON's escapes are CEL's, apart from line separators, which need none.
      return JSON.stringify(value).replace(/\\\//g, "/");
    case "number":
      return Number.isFinite(value) ? number(value) : "null";
    case "boolean":
      return String(value);
    default:
      return "null";
  }
}

function number(value: number): string {
  return value < 0 ? `(-${String(-value)})` : String(value);
}
