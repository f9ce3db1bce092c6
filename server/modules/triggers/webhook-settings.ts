import type { WebhookCallItem } from "@/core/contracts/trigger";
import { AppError } from "@/core/errors";
import { isUuid, newId } from "@/core/ids";
import type { Json } from "@/core/json";
import { systemActor } from "@/server/auth/actor";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { withTransaction, writeAudit } from "@/server/db/transaction";
import { env } from "@/server/env";
import { signAsSender } from "@/server/integrations/webhooks/sign-as-sender";
import { begunAgain, callAgain } from "@/server/modules/events/service";
import { callsWritten, findCall, listCalls, receiveWebhook, setCallRun } from "@/server/modules/webhooks/service";
import { arrivedShown, masksOfRuns, noMask, startWorkflow } from "@/server/modules/runs/service";
import {
  existingWorkflow,
  forgetStartable,
  lockWithHead,
  openAddress,
  replaceAddress,
  requireRightToChangeLive,
  type WorkflowRow,
} from "@/server/modules/workflows/service";

/** The status of a call that nothing proved to be genuine. */
const unproven = 401;

/** The last calls of a webhook, newest first, refused ones included. */
export async function webhookCalls(
  actor: UserActor,
  slug: string,
  triggerId: string,
  limit: number,
): Promise<WebhookCallItem[]> {
  requireScope(actor, "webhooks:read");
  const workflow = await existingWorkflow(actor, slug);
  const calls = await listCalls(actor.organizationId, workflow.id, triggerId, limit);
  const masks = await masksOfRuns(
    actor.organizationId,
    calls.flatMap(({ runId }) => runId ?? []),
  );
  return calls.map(({ id, createdAt, status, message, body, request, deliveryId, warnings, runId }) => {
    const mask = masks.get(runId ?? "") ?? noMask;
    return {
      id,
      at: createdAt.toISOString(),
      status,
      message,
      body: arrivedShown(body, [mask]),
      request: mask(request),
      deliveryId: mask(deliveryId),
      warnings: [...(warnings ?? [])],
      runId,
    };
  });
}

/**
 * Gives a webhook or an intake form another address; the old one leads nowhere at once. Whoever calls a live one is cut off, so
 * that is an act of those who publish.
 */
export async function rotateAddress(actor: UserActor, slug: string, triggerId: string): Promise<void> {
  requireScope(actor, "workflows:write");
  const { organizationId } = actor;
  const { id } = await existingWorkflow(actor, slug);
  await withTransaction(async (tx) => {
    const { workflow } = await lockWithHead(tx, organizationId, id);
    requireRightToChangeLive(actor, workflow);
    if (!(await replaceAddress(tx, organizationId, id, triggerId))) throw noSuchTrigger();
    const data = { slug: workflow.slug, triggerId };
    await writeAudit(tx, actor, "trigger.address_replaced", { type: "workflow", id }, data);
  });
  forgetStartable();
}

/** A real call of the address, signed when it has a secret, through the same code as any other. */
export async function sendTestCall(
  actor: UserActor,
  slug: string,
  triggerId: string,
  body: Json,
): Promise<{ status: number; message: string | null; runId: string | null }> {
  requireScope(actor, "workflows:write");
  requireScope(actor, "runs:start");
  const workflow = await existingWorkflow(actor, slug);
  const address = await openAddress(actor.organizationId, workflow.id, triggerId);
  if (!address) throw noSuchTrigger();
  const bytes = Buffer.from(JSON.stringify(body));
  const id = `test_${newId()}`;
  const { definition, secret, token } = address;
  const plainUrl = `${env().HOLDPOINT_BASE_URL}/api/hooks/${token}`;
  const signed =
    secret === null
      ? { headers: {}, url: plainUrl }
      : signAsSender(definition.signature ?? "auto", {
          secret,
          id,
          at: Date.now(),
          body: bytes.toString("utf8"),
          url: plainUrl,
        });
  const headers = new Headers({ "content-type": "application/json", "webhook-id": id, ...signed.headers });
  const method = definition.methods?.[0] ?? "POST";
  await audited(actor, "webhook.test_sent", workflow, triggerId);
  const answer = await receiveWebhook(
    token,
    { method, url: signed.url, headers, bytes },
    { initiatedBy: actor.userId },
  ).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
  await callsWritten();
  if (answer instanceof AppError) return { status: answer.status, message: answer.message, runId: null };
  const [call] = await listCalls(actor.organizationId, workflow.id, triggerId, 1);
  return { status: answer.status, message: call?.message ?? null, runId: call?.runId ?? null };
}

/** Starts the run that a refused call did not get. The same call never starts two. */
export async function redriveCall(
  actor: UserActor,
  slug: string,
  callId: string,
  triggerId?: string,
): Promise<{ runId: string }> {
  requireScope(actor, "workflows:write");
  requireScope(actor, "runs:start");
  const workflow = await existingWorkflow(actor, slug);
  const call = isUuid(callId) ? await findCall(actor.organizationId, workflow.id, callId) : null;
  if (!call || (triggerId !== undefined && call.triggerId !== triggerId))
    throw new AppError("not_found", "There is no such call. Calls are kept for a week.");
  if (call.runId !== null) return { runId: call.runId };
  if (call.status === unproven)
    throw new AppError(
      "conflict",
      "Nothing proved that this call was genuine, so it starts nothing. Have its sender send it again.",
    );
  const start = await callAgain(actor.organizationId, call);
  await audited(actor, "webhook.redriven", workflow, call.triggerId);
  const run = await startWorkflow(systemActor(actor.organizationId), {
    workflow: workflow.id,
    ...start,
    ...begunAgain(actor.userId, call.initiatedBy),
    // The sender may try again as well, and a held call is an event too, under the same id: all of them get the one run.
    startKey: call.startKey ?? `event:${call.id}`,
  });
  await setCallRun(call.id, run.id);
  return { runId: run.id };
}

function audited(actor: UserActor, action: string, workflow: WorkflowRow, triggerId: string): Promise<void> {
  return withTransaction((tx) =>
    writeAudit(tx, actor, action, { type: "workflow", id: workflow.id }, { slug: workflow.slug, triggerId }),
  );
}

function noSuchTrigger(): AppError {
  return new AppError("not_found", "This workflow has no such trigger. Save the draft that has it, then try again.");
}
