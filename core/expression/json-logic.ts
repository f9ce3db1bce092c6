import { ExpressionProblem } from "@/core/expression/problem";

/** Writes a JSON-logic object as CEL text. Throws a problem that names what is not understood. */
export function jsonLogicToCel(logic: unknown): string {
  return translate(logic, 0, null);
}

/** `item`: what `var` reads of, inside of `map`, `filter` and the like. */
function translate(logic: unknown, depth: number, item: string | null): string {
  if (depth > 50)
    throw new ExpressionProblem(
      "expression_limit",
      "The JSON-logic is nested too deeply. Split it over several steps.",
    );
  if (Array.isArray(logic)) return `[${logic.map((member) => translate(member, depth + 1, item)).join(", ")}]`;
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
      `JSON-logic operator "${operator.slice(0, 40)}" is not supported. ${insteadOf[operator] ?? `Use one of ${[...operators.keys()].join(" ")}, or write the expression as text.`}`,
    );
  const args: readonly unknown[] = Array.isArray(given) ? given : [given];
  return write({
    operator,
    args,
    item,
    inner: `item${String(depth)}`,
    text: args.map((argument, index) =>
      operator === "var" || operator === "missing"
        ? ""
        : translate(argument, depth + 1, index === 1 && listTests.has(operator) ? `item${String(depth)}` : item),
    ),
  });
}

interface Call {
  operator: string;
  args: readonly unknown[];
  /** What `var` reads of here; null outside of lists. */
  item: string | null;
  /** What it reads of in the second argument of `map` and the like. */
  inner: string;
  /** The arguments as CEL. */
  text: readonly string[];
}

const operators: ReadonlyMap<string, (call: Call) => string> = new Map([
  ["var", ({ args, item }) => variable(args[0], args.length > 1 ? literal(args[1]) : "null", item)],
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
  ["max", ({ text }) => `max([${text.join(", ")}])`],
  ["min", ({ text }) => `min([${text.join(", ")}])`],
  ["cat", ({ text }) => `join([${text.join(", ")}], '')`],
  ["substr", ({ text }) => `partOfText([${text.join(", ")}])`],
  ["merge", ({ text }) => `merged([${text.join(", ")}])`],
  ["map", (call) => `${listOf(call)}.map(${call.inner}, ${argument(call, 1)})`],
  ["filter", (call) => `${listOf(call)}.filter(${call.inner}, truthy(${argument(call, 1)}))`],
  ["some", (call) => `${listOf(call)}.exists(${call.inner}, truthy(${argument(call, 1)}))`],
  ["none", (call) => `(!${listOf(call)}.exists(${call.inner}, truthy(${argument(call, 1)})))`],
  // Of an empty list JSON-logic says false.
  ["all", (call) => `(size(${listOf(call)}) > 0 && ${listOf(call)}.all(${call.inner}, truthy(${argument(call, 1)})))`],
]);

/** What takes the place of operators that the language has no equal for. */
const insteadOf: Readonly<Partial<Record<string, string>>> = {
  reduce:
    "To add up, write the expression as text, e.g. sum(items.map(x, x.price)); for anything else use a loop step.",
  missing_some: "Write the expression as text, e.g. has(input.email) || has(input.phone).",
  log: "What a step computes is shown on its run; leave it out.",
  method: "Write the expression as text.",
};

const listTests: ReadonlySet<string> = new Set(["map", "filter", "some", "none", "all"]);

/** A list that is missing is an empty one. */
function listOf(call: Call): string {
  return `dyn(default(${argument(call, 0)}, []))`;
}

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

function conditional(call: Call): string {
  const [condition, yes, ...rest] = call.text;
  if (condition === undefined) return "null";
  if (yes === undefined) return condition;
  return `(truthy(${condition}) ? ${yes} : ${conditional({ ...call, text: rest })})`;
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
function variable(path: unknown, fallback: string, item: string | null): string {
  if (typeof path === "number") return variable(String(path), fallback, item);
  if (item !== null && typeof path === "string")
    return path === "" ? item : `default(${pathToCel(`${item}.${path}`)}, ${fallback})`;
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
