import type { Environment } from "@marcbachmann/cel-js";
import { chargeForError } from "@/core/expression/budget";
import type { CelChecker, CelContext, CelEvaluator, CelNode } from "@/core/expression/cel-node";
import * as numbers from "@/core/expression/function-numbers";
import * as text from "@/core/expression/function-text";
import * as time from "@/core/expression/function-time";
import { isMissing } from "@/core/expression/problem";

/** One entry of the catalogue that the documentation and the builder's completion show. */
export interface ExpressionFunction {
  name: string;
  signature: string;
  description: string;
  /** An expression that runs as it stands … */
  example: string;
  /** … and what it gives, as JSON text. */
  result: string;
}

interface Implementation extends ExpressionFunction {
  /** Numbers of arguments it takes. */
  arities: readonly number[];
  /** CEL's name of what it returns. */
  returns: "string" | "double" | "list" | "dyn" | "google.protobuf.Timestamp";
  /** Absent for the macros, which see their arguments before these are evaluated. */
  call?: (...args: unknown[]) => unknown;
}

const several = [1, 2, 3, 4, 5, 6, 7, 8] as const;

const table: readonly Implementation[] = [
  {
    name: "lower",
    signature: "lower(text)",
    description: "The text in small letters.",
    example: "lower('Pro PLAN')",
    result: '"pro plan"',
    arities: [1],
    returns: "string",
    call: text.lower,
  },
  {
    name: "upper",
    signature: "upper(text)",
    description: "The text in capital letters.",
    example: "upper('usd')",
    result: '"USD"',
    arities: [1],
    returns: "string",
    call: text.upper,
  },
  {
    name: "trim",
    signature: "trim(text)",
    description: "The text without spaces at both ends.",
    example: "trim('  Sari ')",
    result: '"Sari"',
    arities: [1],
    returns: "string",
    call: text.trim,
  },
  {
    name: "join",
    signature: "join(list, separator?)",
    description: "The items as one text, with the separator (a comma and a space if left out) between them.",
    example: "join(['free', 'pro'], ' or ')",
    result: '"free or pro"',
    arities: [1, 2],
    returns: "string",
    call: text.join,
  },
  {
    name: "split",
    signature: "split(text, separator)",
    description: "The parts of a text between the separators.",
    example: "split('a,b', ',')",
    result: '["a","b"]',
    arities: [2],
    returns: "list",
    call: text.split,
  },
  {
    name: "format",
    signature: "format(text, values)",
    description: "The text with {0}, {1} … filled from a list, or {name} from an object.",
    example: "format('{0} of {1} done', [3, 10])",
    result: '"3 of 10 done"',
    arities: [2],
    returns: "string",
    call: text.format,
  },
  {
    name: "number",
    signature: "number(value)",
    description: "A number from text such as '12.5', or from true and false.",
    example: "number('12.5') * 2",
    result: "25",
    arities: [1],
    returns: "double",
    call: numbers.number,
  },
  {
    name: "date",
    signature: "date(time, pattern?, timeZone?)",
    description:
      "A time as text. Tokens: yyyy MM dd HH mm ss, d, MMM, MMMM, EEE, EEEE, h, a. UTC unless a time zone is named.",
    example: "date('2026-11-20T18:30:00Z', 'd MMM yyyy HH:mm', 'Asia/Jakarta')",
    result: '"21 Nov 2026 01:30"',
    arities: [1, 2, 3],
    returns: "string",
    call: time.date,
  },
  {
    name: "addDuration",
    signature: "addDuration(time, duration)",
    description: "The time after an ISO-8601 duration such as PT5M, P1D or P1M.",
    example: "addDuration('2026-11-20T09:00:00Z', 'PT90M')",
    result: '"2026-11-20T10:30:00.000Z"',
    arities: [2],
    returns: "google.protobuf.Timestamp",
    call: time.addDuration,
  },
  {
    name: "json",
    signature: "json(value)",
    description: "The value written as JSON text.",
    example: "json({'id': 7})",
    result: '"{\\"id\\":7}"',
    arities: [1],
    returns: "string",
    call: text.json,
  },
  {
    name: "base64",
    signature: "base64(text)",
    description: "The text's UTF-8 bytes in base64.",
    example: "base64('hello')",
    result: '"aGVsbG8="',
    arities: [1],
    returns: "string",
    call: text.base64,
  },
  {
    name: "default",
    signature: "default(value, fallback)",
    description: "The value, or the fallback when it is missing or null.",
    example: "default({}.plan, 'free')",
    result: '"free"',
    arities: [2],
    returns: "dyn",
  },
  {
    name: "coalesce",
    signature: "coalesce(value, value, …)",
    description: "The first value that is neither missing nor null; null if there is none.",
    example: "coalesce({}.nickname, null, 'Sari')",
    result: '"Sari"',
    arities: several,
    returns: "dyn",
  },
  {
    name: "money",
    signature: "money(amount, currency?)",
    description:
      "The amount with its currency sign. Amounts are plain decimal numbers; the currency is USD if left out.",
    example: "money(42.6, 'USD')",
    result: '"$42.60"',
    arities: [1, 2],
    returns: "string",
    call: numbers.money,
  },
  {
    name: "sum",
    signature: "sum(list)",
    description: "The numbers of the list added up.",
    example: "sum([1, 2.5, 3])",
    result: "6.5",
    arities: [1],
    returns: "double",
    call: numbers.sum,
  },
  {
    name: "avg",
    signature: "avg(list)",
    description: "The average of the numbers; null for an empty list.",
    example: "avg([1, 2, 6])",
    result: "3",
    arities: [1],
    returns: "dyn",
    call: numbers.avg,
  },
  {
    name: "min",
    signature: "min(list) or min(a, b, …)",
    description: "The smallest value; null for an empty list.",
    example: "min(7, 3, 5)",
    result: "3",
    arities: several,
    returns: "dyn",
    call: numbers.min,
  },
  {
    name: "max",
    signature: "max(list) or max(a, b, …)",
    description: "The largest value; null for an empty list.",
    example: "max([7, 3, 5])",
    result: "7",
    arities: several,
    returns: "dyn",
    call: numbers.max,
  },
  {
    name: "first",
    signature: "first(list)",
    description: "The first item; null for an empty list.",
    example: "first(['a', 'b'])",
    result: '"a"',
    arities: [1],
    returns: "dyn",
    call: numbers.first,
  },
  {
    name: "last",
    signature: "last(list)",
    description: "The last item; null for an empty list.",
    example: "last(['a', 'b'])",
    result: '"b"',
    arities: [1],
    returns: "dyn",
    call: numbers.last,
  },
  {
    name: "unique",
    signature: "unique(list)",
    description: "The list without repetitions.",
    example: "unique([1, 2, 1])",
    result: "[1,2]",
    arities: [1],
    returns: "list",
    call: numbers.unique,
  },
  {
    name: "sort",
    signature: "sort(list, field?)",
    description: "The list sorted upwards; objects by the named field.",
    example: "sort([{'n': 2}, {'n': 1}], 'n')",
    result: '[{"n":1},{"n":2}]',
    arities: [1, 2],
    returns: "list",
    call: numbers.sort,
  },
];

/** The functions beyond CEL's own. */
export const expressionFunctions: readonly ExpressionFunction[] = table.map(
  ({ name, signature, description, example, result }) => ({ name, signature, description, example, result }),
);

export function registerFunctions(environment: Environment): void {
  for (const entry of table) {
    for (const arity of entry.arities) registerOne(environment, entry, arity);
  }
}

function registerOne(environment: Environment, entry: Implementation, arity: number): void {
  const parameter = entry.call ? "dyn" : "ast";
  const signature = `${entry.name}(${Array.from({ length: arity }, () => parameter).join(", ")}): ${entry.returns}`;
  const { call } = entry;
  // `async: false` keeps the evaluator off its promise path.
  if (call) environment.registerFunction(signature, (...args: unknown[]) => call(...args), syncOnly);
  else environment.registerFunction(signature, firstPresent);
}

/** The library reads `async` here; its types leave it out of this overload. */
const syncOnly: { description?: string; async?: boolean } = { async: false };

/** `default` and `coalesce`: a plain function would never be called, because reading a missing key throws before. */
function firstPresent({ args }: { args: CelNode[] }) {
  return {
    async: false,
    typeCheck(checker: CelChecker, _macro: unknown, context: CelContext) {
      for (const arg of args) checker.check(arg, context);
      return checker.dynType;
    },
    evaluate(evaluator: CelEvaluator, _macro: unknown, context: CelContext): unknown {
      for (const arg of args) {
        const value = presentValue(evaluator, arg, context);
        if (value !== null) return value;
      }
      return null;
    },
  };
}

function presentValue(evaluator: CelEvaluator, node: CelNode, context: CelContext): unknown {
  try {
    return evaluator.run(node, context) ?? null;
  } catch (error) {
    chargeForError();
    if (isMissing(error)) return null;
    throw error;
  }
}
