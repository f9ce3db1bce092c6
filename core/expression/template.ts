import type { Json, JsonObject } from "@/core/json";
import type { StepError } from "@/core/step-error";
import { sharedBudget, withinBudget } from "@/core/expression/budget";
import { evaluateToJson } from "@/core/expression/evaluate";
import { sizeMeter, type SizeMeter } from "@/core/expression/json-value";
import { expressionLimits } from "@/core/expression/limits";
import { ExpressionProblem, toStepError } from "@/core/expression/problem";
import { unsafeKeys } from "@/core/expression/safe-data";
import type { ExpressionScope } from "@/core/expression/scope";
import { parseTemplate } from "@/core/expression/template-syntax";
import { joinPath, wholePath } from "@/core/expression/url-path";
import { cutText, storableText } from "@/core/storable-text";

export interface TemplateOptions {
  /**
   * The text is a URL's path, perhaps with a query: what is filled in is percent-encoded, and a value that is missing in
   * the path is the error `missing_path_value`. A text that is one template may be a whole path and keeps its slashes.
   */
  forUrl?: boolean;
}

export type TemplateResult =
  | {
      ok: true;
      value: Json;
      /** One sentence per template that had no value. */
      warnings: string[];
      /** Where those were, e.g. `headers.X-Trace-Id` or `items[2].name`; empty text for the value itself. */
      missing: string[];
    }
  | { ok: false; error: StepError };

/** The refusal of a value with more expressions than are read at once, or null. Cheap: it parses nothing. */
export function tooManyTogether(value: unknown): StepError | null {
  let count = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next === "string") {
      for (let at = next.indexOf("${"); at >= 0; at = next.indexOf("${", at + 2)) count += 1;
      if (count > expressionLimits.together) return toStepError(tooMany);
    } else if (typeof next === "object" && next !== null) for (const member of Object.values(next)) open.push(member);
  }
  return null;
}

const tooMany = new ExpressionProblem(
  "expression_limit",
  `There are more than ${expressionLimits.together.toLocaleString("en-US")} expressions in one value. Split it over several steps.`,
);

/**
 * Fills every `${…}` in a value. A text that is exactly one template keeps the type of what it gives; a missing value
 * is null there and empty inside longer text. Objects and lists keep their shape. Never throws.
 */
export function renderTemplate(value: unknown, scope: ExpressionScope, options: TemplateOptions = {}): TemplateResult {
  const refusal = tooManyTogether(value);
  if (refusal !== null) return { ok: false, error: refusal };
  const filling: Filling = { scope, forUrl: options.forUrl === true, meter: sizeMeter(), warnings: [], missing: [] };
  try {
    const filled = withinBudget(sharedBudget(), () => fill(value, "", 0, filling));
    return { ok: true, value: filled, warnings: filling.warnings, missing: filling.missing };
  } catch (error) {
    if (error instanceof ExpressionProblem) return { ok: false, error: toStepError(error) };
    throw error;
  }
}

interface Filling {
  scope: ExpressionScope;
  forUrl: boolean;
  /** One for the whole value: a thousand templates together stay under the limit too. */
  meter: SizeMeter;
  warnings: string[];
  missing: string[];
}

function fill(value: unknown, path: string, depth: number, filling: Filling): Json {
  if (depth > 200)
    throw new ExpressionProblem("expression_limit", "The value is nested too deeply to fill in. Flatten it.");
  switch (typeof value) {
    case "string":
      return fillText(value, path, filling);
    case "number":
      return Number.isFinite(value) ? value : null;
    case "boolean":
      return value;
    case "object":
      break;
    default:
      return null;
  }
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item, index) => fill(item, `${path}[${index}]`, depth + 1, filling));
  const result: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    const name = storableText(key);
    if (!unsafeKeys.has(name) && member !== undefined)
      result[name] = fill(member, path === "" ? name : `${path}.${name}`, depth + 1, filling);
  }
  return result;
}

function fillText(text: string, path: string, filling: Filling): Json {
  const template = parseTemplate(text);
  if (!template.ok) throw new ExpressionProblem("bad_expression", template.message);
  const [first] = template.parts;
  if (template.parts.length === 1 && first?.kind === "expression") {
    const value = evaluatePart(first.source, path, filling);
    return filling.forUrl ? wholePath(asTextPart(value), first.source) : value;
  }
  if (filling.forUrl)
    return joinPath(
      template.parts.map((part) =>
        part.kind === "text"
          ? part
          : { kind: "value", source: part.source, value: evaluatePart(part.source, path, filling) },
      ),
      asTextPart,
    );
  let filled = "";
  for (const part of template.parts)
    filled += part.kind === "text" ? part.text : asTextPart(evaluatePart(part.source, path, filling));
  // What stands in the document is checked too, and two halves that meet here are whole.
  return storableText(filled);
}

function evaluatePart(source: string, path: string, filling: Filling): Json {
  const result = evaluateToJson(source, filling.scope, filling.meter);
  if (result.ok) return result.value;
  if (result.problem.code !== "missing_value")
    throw new ExpressionProblem(
      result.problem.code,
      `In \`\${${shorten(source)}}\`${path === "" ? "" : ` at ${path}`}: ${result.problem.message}`,
    );
  filling.warnings.push(
    storableText(`\`\${${shorten(source)}}\`${path === "" ? "" : ` at ${path}`} was empty: ${result.problem.message}`),
  );
  filling.missing.push(path);
  return null;
}

function shorten(source: string): string {
  const text = source.trim();
  return text.length > 120 ? `${cutText(text, 117)}…` : text;
}

/** How a value reads inside longer text: null is empty, lists and objects are JSON. */
function asTextPart(value: Json): string {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
