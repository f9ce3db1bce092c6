import type { RequestItem } from "@/core/contracts/trigger";
import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { startWorkflow } from "@/server/modules/runs/service";
import { triggerMenu, triggerOf } from "@/core/workflow/trigger-lookup";
import { triggerDefinitions } from "@/triggers/definitions";
import { runStart, startWith } from "@/triggers/run-start";
import { askedAnswers } from "./asked-only";
import { sensitiveAnswers } from "./sensitive-answers";
import { listRequestable, type RequestableRow } from "./trigger-run-store";

const requestableTypes = triggerMenu(triggerDefinitions)
  .filter(({ isRequestable }) => isRequestable)
  .map(({ type }) => type);

/** What people may ask for who build nothing: live workflows with an intake form or a manual trigger. */
export async function listRequests(actor: UserActor): Promise<RequestItem[]> {
  requireScope(actor, "runs:start");
  const rows = await listRequestable(actor.organizationId, requestableTypes);
  return Promise.all(
    rows.map(async ({ slug, name, description, schema, versionId, marksSensitive }) => ({
      slug,
      name,
      description,
      schema: schema ?? {},
      hidden: marksSensitive ? await sensitiveAnswers(actor.organizationId, versionId, schema) : [],
    })),
  );
}

/** Starts one of them for whoever asks. The same submission, sent twice, starts one run. */
export async function startRequest(
  actor: UserActor,
  slug: string,
  { values, submissionId }: { values: JsonObject; submissionId: string },
): Promise<{ runId: string }> {
  requireScope(actor, "runs:start");
  const [row] = await listRequestable(actor.organizationId, requestableTypes, slug);
  const trigger = row && requestable(row);
  if (!row || !trigger) throw new AppError("not_found", "This cannot be requested any more. Look at the list again.");
  const answers = await askedAnswers(actor.organizationId, row.schema, values);
  const now = Date.now();
  const keys = { startKey: `request:${actor.userId}:${submissionId}` };
  const made = triggerOf(trigger, triggerDefinitions)?.mapping
    ? runStart(trigger, answers, now, keys)
    : { ok: true as const, start: { ...startWith(trigger, answers, answers, now), ...keys } };
  if (!made.ok) throw new AppError("validation_failed", made.message);
  const run = await startWorkflow(actor, {
    workflow: row.id,
    ...made.start,
    ...(actor.email === null ? {} : { requestedBy: actor.email }),
  });
  return { runId: run.id };
}

/** The trigger that the request goes through: of several, that of the type which the menu offers first. */
function requestable({ triggers }: RequestableRow): Trigger | undefined {
  return requestableTypes.flatMap((type) => triggers.filter((trigger) => trigger.type === type))[0];
}
