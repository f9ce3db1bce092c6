import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import { answerProblems } from "@/core/schema/form-answers";

/** Answers to a form that starts a run: what it asks for, and nothing else. */
export function refuseUnasked(schema: JsonObject | null, values: JsonObject): void {
  const problems = answerProblems(schema ?? {}, values);
  const [first] = problems;
  if (first === undefined) return;
  throw new AppError(
    "validation_failed",
    `What was sent does not fit this form: ${first.message}`,
    problems.map(({ path, message }) => ({
      code: "invalid_input",
      severity: "error",
      path: path === "" ? "input" : `input.${path}`,
      message,
    })),
  );
}
