import { EvaluationError, ParseError, TypeError as CelTypeError } from "@marcbachmann/cel-js";
import { evaluatorSentence, parserSentence } from "@/core/expression/cel-words";
import type { StepError } from "@/core/step-error";
import { cutText, storableText } from "@/core/storable-text";

export type ExpressionProblemCode = "bad_expression" | "missing_value" | "missing_path_value" | "expression_limit";

/** What is wrong with an expression, in a sentence for the person who wrote it. Never leaves this folder. */
export class ExpressionProblem extends Error {
  override readonly name = "ExpressionProblem";
  constructor(
    readonly code: ExpressionProblemCode,
    message: string,
  ) {
    // Messages quote sources and values, and are stored with the step.
    super(storableText(message));
  }
}

/** Any throw of parsing, checking or evaluating, as a problem with a plain sentence. */
export function toProblem(error: unknown): ExpressionProblem {
  if (error instanceof ExpressionProblem) return error;
  if (error instanceof RangeError) {
    return new ExpressionProblem(
      "expression_limit",
      "The expression is nested too deeply or builds too much text. Split it over several steps.",
    );
  }
  if (error instanceof EvaluationError || error instanceof ParseError || error instanceof CelTypeError) {
    if (error.cause instanceof ExpressionProblem) return error.cause;
    return fromCel(error);
  }
  return new ExpressionProblem("bad_expression", "The expression cannot be worked out. Write it in another way.");
}

export function toStepError(problem: ExpressionProblem): StepError {
  return { code: problem.code, message: problem.message, class: "other", retryable: false };
}

/** The codes with which CEL says that something is not there. */
const missingCodes: ReadonlySet<string> = new Set([
  "no_such_key",
  "unknown_variable",
  "index_out_of_bounds",
  "optional_value_missing",
]);

export function isMissing(error: unknown): boolean {
  if (error instanceof ExpressionProblem) return error.code === "missing_value";
  return error instanceof EvaluationError && missingCodes.has(error.code);
}

type CelError =
  | InstanceType<typeof EvaluationError>
  | InstanceType<typeof ParseError>
  | InstanceType<typeof CelTypeError>;

function fromCel(error: CelError): ExpressionProblem {
  if (error instanceof ParseError) return fromParser(error);
  const source = sourceOf(error);
  const sentence = sentences[error.code];
  if (sentence) return sentence(source, error.summary);
  return new ExpressionProblem("bad_expression", evaluatorSentence(error.code, error.summary, source));
}

function fromParser(error: CelError): ExpressionProblem {
  if (error.code === "limit_exceeded") {
    return new ExpressionProblem(
      "expression_limit",
      "The expression is too large or nested too deeply. Split it over several steps.",
    );
  }
  const at = error.range ? ` at character ${error.range.start + 1}` : "";
  const words = parserSentence(error.code, error.summary, sourceOf(error));
  return new ExpressionProblem("bad_expression", `The expression cannot be read${at}: ${words}.`);
}

const sentences: Record<string, (source: string, summary: string) => ExpressionProblem> = {
  no_such_key: (source) =>
    missing(
      /\.length$/.test(source)
        ? `\`${source}\` has no value here. For how many there are, write \`size(${source.slice(0, -7)})\`.`
        : `\`${source}\` has no value here. Give a fallback with \`${optionalForm(source)}.orValue('')\`, or test it first with \`has(${source})\`.`,
    ),
  unknown_variable: (source) =>
    missing(
      `\`${source}\` is not known here. If it is an optional input, write \`input.?${source}.orValue('')\` or test it with \`has(input.${source})\`.`,
    ),
  index_out_of_bounds: (source) =>
    missing(
      `\`${source}\` is outside the list. Test it first with \`size(list) > index\`, or give a fallback with \`list[?index].orValue('')\`.`,
    ),
  optional_value_missing: (source) =>
    missing(
      `\`${source}\` has no value here. Use \`x.?y.orValue('')\` instead of \`.value()\`, or test it first with \`has(x.y)\`.`,
    ),
  division_by_zero: (source) =>
    new ExpressionProblem("bad_expression", `\`${source}\` divides by zero. Test the divisor first.`),
  no_such_overload: (source, summary) => {
    const match = /^no such overload: (.+) (\S+) (\S+|map<.+>|list<.+>)$/.exec(summary);
    if (!match) return new ExpressionProblem("bad_expression", evaluatorSentence("no_such_overload", summary, source));
    return new ExpressionProblem(
      "bad_expression",
      `\`${match[2]}\` does not work between ${plainType(match[1] ?? "")} and ${plainType(match[3] ?? "")}. Convert one side, e.g. with number(…) or string(…).`,
    );
  },
  no_matching_overload: (_source, summary) => {
    const match = /'(.+)\((.*)\)'$/.exec(summary);
    const name = (match?.[1] ?? "").replace(/^.*\./, "");
    return new ExpressionProblem(
      "bad_expression",
      `There is no function \`${name}\` that takes (${withPlainTypes(match?.[2] ?? "")}). Check its name and what it is given.`,
    );
  },
  unsupported_type: () =>
    new ExpressionProblem("expression_limit", "The expression reads data that is nested too deeply."),
};

function missing(message: string): ExpressionProblem {
  return new ExpressionProblem("missing_value", message);
}

/** `a.b.c` → `a.b.?c`: the shape that tolerates the last key. */
function optionalForm(source: string): string {
  const dot = source.lastIndexOf(".");
  if (dot >= 0 && /^\w+$/.test(source.slice(dot + 1))) return `${source.slice(0, dot)}.?${source.slice(dot + 1)}`;
  return source.replace(/\[([^\[\]]+)\]$/, "[?$1]");
}

function sourceOf(error: CelError): string {
  const node = error.node;
  if (!node || typeof node !== "object" || !("input" in node) || typeof node.input !== "string") return "";
  // A field access is positioned at the field but starts at the root of its path.
  const start = "start" in node && typeof node.start === "number" ? node.start : (error.range?.start ?? 0);
  const text = node.input.slice(start, error.range?.end).trim();
  return text.length > 120 ? `${cutText(text, 117)}…` : text;
}

const plainNames: readonly (readonly [RegExp, string])[] = [
  [/dyn<([^<>]+)>/g, "$1"],
  [/dyn<([^<>]*<[^<>]*>)>/g, "$1"],
  [/list<[^<>]*>/g, "list"],
  [/map<[^<>]*>/g, "object"],
  [/google\.protobuf\.Timestamp/g, "timestamp"],
  [/google\.protobuf\.Duration/g, "duration"],
  [/\b(double|int|uint)\b/g, "number"],
  [/\bstring\b/g, "text"],
  [/\bbool\b/g, "yes/no value"],
  [/\bdyn\b/g, "any value"],
];

function withPlainTypes(text: string): string {
  return plainNames.reduce((result, [pattern, word]) => result.replace(pattern, word), text);
}

const articles: Record<string, string> = {
  number: "a number",
  text: "text",
  list: "a list",
  object: "an object",
  null: "nothing (null)",
  timestamp: "a timestamp",
  duration: "a duration",
};

function plainType(type: string): string {
  const plain = withPlainTypes(type);
  return articles[plain] ?? plain;
}
