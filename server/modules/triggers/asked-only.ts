import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import { workApart } from "@/server/apart/work-apart";

/** Answers to a form that starts a run, with its defaults: what it asks for, and nothing else. */
export async function askedAnswers(
  organizationId: string,
  schema: JsonObject | null,
  values: JsonObject,
): Promise<JsonObject> {
  const { values: answers, problems } = await workApart(organizationId, "formAnswers", {
    schema: schema ?? {},
    input: values,
  });
  const [first] = problems;
  if (first === undefined) return answers;
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
