import { AppError, type ErrorDetail } from "@/core/errors";
import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import type { Template } from "./template-schema";

export type TemplateAnswers = Readonly<Record<string, string | number>>;

/** The template's document with the answers in their places; what is not answered keeps its default. */
export function fillTemplate(template: Template, answers: TemplateAnswers): JsonObject {
  const problems = template.asks.flatMap((ask) => answerProblem(ask, answers[ask.id]) ?? []);
  if (problems.length > 0)
    throw new AppError("validation_failed", problems[0]?.message ?? "An answer is missing.", problems);
  const document = structuredClone(template.workflow);
  for (const ask of template.asks) {
    const answer = answers[ask.id] ?? ask.default;
    for (const path of ask.paths) put(document, path.split("."), answer);
  }
  return document;
}

function answerProblem(
  { id, kind, label }: Template["asks"][number],
  answer: string | number | undefined,
): ErrorDetail | null {
  if (answer === undefined) return null;
  const isRight =
    kind === "limit" ? typeof answer === "number" && answer >= 0 : typeof answer === "string" && answer !== "";
  if (isRight) return null;
  const message = kind === "limit" ? `"${label}" needs a number of zero or more.` : `"${label}" needs an answer.`;
  return { code: "invalid_answer", severity: "error", path: `answers.${id}`, message };
}

/** Lists are entered by the id of their entries, so that a template names steps and not positions. */
function put(container: Json, [key, ...rest]: string[], value: string | number): void {
  if (key === undefined) return;
  if (Array.isArray(container)) {
    const entry = container.find((item) => isJsonObject(item) && item["id"] === key);
    if (entry === undefined) throw new Error(`The template has no "${key}"`);
    put(entry, rest, value);
    return;
  }
  if (!isJsonObject(container)) throw new Error(`The template has no object around "${key}"`);
  if (rest.length === 0) {
    container[key] = value;
    return;
  }
  container[key] ??= {};
  put(container[key], rest, value);
}
