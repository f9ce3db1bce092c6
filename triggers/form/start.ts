import type { JsonObject } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import { runStart, type StartResult } from "@/triggers/run-start";

/** The run that a submission of the form starts: the same one, sent twice, starts one. */
export function startOfSubmission(
  trigger: Trigger,
  { answers, submissionId }: { answers: JsonObject; submissionId: string },
  now: number,
): StartResult<{ startKey: string }> {
  return runStart(trigger, answers, now, { startKey: `form:${trigger.id}:${submissionId}` });
}
