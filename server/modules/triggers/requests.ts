import type { RequestItem } from "@/core/contracts/trigger";
import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { triggerInput, triggerLabel } from "@/server/modules/events/service";
import { startWorkflow } from "@/server/modules/runs/service";
import { askedAnswers } from "./asked-only";
import { listRequestable, type RequestableRow } from "./trigger-run-store";

/** What people may ask for who build nothing: live workflows with an intake form or a manual trigger. */
export async function listRequests(actor: UserActor): Promise<RequestItem[]> {
  requireScope(actor, "runs:start");
  const rows = await listRequestable(actor.organizationId);
  return rows.map(({ slug, name, description, schema }) => ({ slug, name, description, schema: schema ?? {} }));
}

/** Starts one of them for whoever asks. The same submission, sent twice, starts one run. */
export async function startRequest(
  actor: UserActor,
  slug: string,
  { values, submissionId }: { values: JsonObject; submissionId: string },
): Promise<{ runId: string }> {
  requireScope(actor, "runs:start");
  const [row] = await listRequestable(actor.organizationId, slug);
  const trigger = row && triggerOf(row);
  if (!row || !trigger) throw new AppError("not_found", "This cannot be requested any more. Look at the list again.");
  const answers = await askedAnswers(actor.organizationId, row.schema, values);
  const filled =
    trigger.type === "form" ? triggerInput(trigger, answers, Date.now()) : { ok: true as const, input: answers };
  if (!filled.ok) throw new AppError("validation_failed", filled.message);
  const run = await startWorkflow(actor, {
    workflow: row.id,
    input: filled.input,
    triggerType: trigger.type,
    triggerId: trigger.id,
    ...triggerLabel(trigger, answers, Date.now()),
    ...(actor.email === null ? {} : { requestedBy: actor.email }),
    startKey: `request:${actor.userId}:${submissionId}`,
  });
  return { runId: run.id };
}

function triggerOf({ triggers }: RequestableRow): Trigger | undefined {
  return triggers.find(({ type }) => type === "form") ?? triggers.find(({ type }) => type === "manual");
}
