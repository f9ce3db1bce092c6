import type { IntakeForm } from "@/core/contracts/trigger";
import { AppError, type ErrorCode } from "@/core/errors";
import { showId } from "@/core/ids";
import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { systemActor } from "@/server/auth/actor";
import type { Actor } from "@/server/db/tenant";
import { getOrganization } from "@/server/modules/organizations/service";
import { startVersion, trackingUrl } from "@/server/modules/runs/service";
import { existingWorkflow, webhookTarget, type WebhookTarget } from "@/server/modules/workflows/service";
import { formDefinition } from "@/triggers/form/definition";
import { startOfSubmission } from "@/triggers/form/start";
import { askedAnswers } from "./asked-only";
import { sensitiveAnswers } from "./sensitive-answers";

/** What the public page of an intake form shows. The token is the proof. */
export async function readIntake(token: string): Promise<IntakeForm> {
  const target = await existing(token);
  const actor = systemActor(target.address.organizationId);
  const [organization, workflow] = await Promise.all([
    getOrganization(actor),
    existingWorkflow(actor, target.address.id),
  ]);
  const shown = { organization: organization.name, name: workflow.name };
  try {
    const { facts } = await target.live();
    const { inputSchema, versionId } = facts;
    const hidden = await sensitiveAnswers(actor.organizationId, versionId, inputSchema);
    return { open: true, ...shown, description: workflow.description, schema: inputSchema ?? {}, hidden };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { open: false, ...shown, message: closedWords(error.code) };
  }
}

/**
 * Starts a run, and gives the page where it is followed. The same submission, sent twice, starts one. `visitor`: who is signed in and fills it in all the same; an address
 * in the answers is shown, and proves nothing.
 */
export async function submitIntake(
  token: string,
  { values, submissionId }: { values: JsonObject; submissionId: string },
  visitor: Actor | null,
  from?: string,
): Promise<{ reference: string; trackingUrl: string }> {
  const target = await existing(token);
  const { trigger, facts } = await target.live().catch(closed);
  const answers = await askedAnswers(target.address.organizationId, facts.inputSchema, values);
  const made = startOfSubmission(trigger, { answers, submissionId }, Date.now());
  if (!made.ok) throw new AppError("validation_failed", made.message);
  const requestedBy = emailIn(values, facts.inputSchema);
  const { address } = target;
  const run = await startVersion(
    { workflow: address, facts, ownerId: address.ownerId, proof: { address: from ?? null, auth: "link" } },
    {
      ...made.start,
      initiatedBy: visitor?.userId ?? null,
      ...(requestedBy === null ? {} : { requestedBy }),
    },
  ).catch(closed);
  return { reference: showId("run", run.id), trackingUrl: trackingUrl(run.id) };
}

async function existing(token: string): Promise<WebhookTarget> {
  const target = await webhookTarget(token, formDefinition);
  if (!target)
    throw new AppError("not_found", "This link does not open a form. Check that it is complete, or ask for a new one.");
  if (target.address.isRemoved)
    throw new AppError("trigger_removed", "This form was taken away. Ask whoever sent you the link for another one.");
  return target;
}

/** Nobody outside needs to know of versions, slugs and switches. */
function closed(error: unknown): never {
  if (error instanceof AppError && error.code === "rate_limited")
    throw new AppError(error.code, closedWords(error.code), [], error.extra);
  if (error instanceof AppError && error.status === 409) throw new AppError(error.code, closedWords(error.code));
  throw error;
}

function closedWords(code: ErrorCode): string {
  return code === "concurrency_limit" || code === "rate_limited"
    ? "So many requests are being worked on that no more are taken at the moment. Try again later."
    : "This form does not take requests at the moment. Ask whoever sent you the link.";
}

/** Who filled the form in, as far as it asks for an e-mail address. */
function emailIn(values: JsonObject, schema: JsonObject | null): string | null {
  const properties: Json | undefined = schema?.["properties"];
  if (!isJsonObject(properties)) return null;
  for (const [name, property] of Object.entries(properties)) {
    const value = values[name];
    if (isJsonObject(property) && property["format"] === "email" && typeof value === "string") return value;
  }
  return null;
}
