import type { ExpressionFunction } from "@/core/expression/function-entry";

/** What the language itself brings: its tests, its list macros and the methods of text. Documented like our own functions. */
export const languageFunctions: readonly ExpressionFunction[] = [
  entry("has", "has(value.key)", "Whether a key is there at all.", "has(run.id)", "true"),
  entry("size", "size(value)", "How many characters, items or keys.", "size([1, 2, 3])", "3"),
  entry("contains", "text.contains(part)", "Whether a text holds another.", "'invoice'.contains('voice')", "true"),
  entry(
    "startsWith",
    "text.startsWith(part)",
    "Whether a text begins with another.",
    "'INV-1'.startsWith('INV')",
    "true",
  ),
  entry("endsWith", "text.endsWith(part)", "Whether a text ends with another.", "'a.pdf'.endsWith('.pdf')", "true"),
  entry("matches", "text.matches(pattern)", "Whether a text fits a pattern.", "'A1'.matches('^[A-Z][0-9]$')", "true"),
  entry("exists", "list.exists(x, test)", "Whether the test holds for some item.", "[1, 5].exists(x, x > 3)", "true"),
  entry("all", "list.all(x, test)", "Whether the test holds for every item.", "[1, 5].all(x, x > 3)", "false"),
  entry("filter", "list.filter(x, test)", "The items for which the test holds.", "[1, 5].filter(x, x > 3)", "[5]"),
  entry("map", "list.map(x, value)", "A new value for each item.", "[1, 2].map(x, x * 2)", "[2,4]"),
  entry("string", "string(value)", "The value as text.", "string(5)", '"5"'),
  entry("timestamp", "timestamp(text)", "A point in time.", "timestamp('2027-01-31T09:00:00Z') > env.now", "true"),
];

function entry(
  name: string,
  signature: string,
  description: string,
  example: string,
  result: string,
): ExpressionFunction {
  return { name, signature, description, example, result };
}

/** Of all steps together: only those that an expression names are looked up. */
export const wholeStepWords =
  "`step` has no value as a whole: only steps that are named are read. Write which step and what of it, e.g. `step.verify.output`.";
