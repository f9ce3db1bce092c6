import { AppError } from "@/core/errors";
import { requireScope, type Actor } from "@/server/db/tenant";
import { env } from "@/server/env";
import { stepToken, type StepPlace } from "@/server/step-token";
import { getForm } from "./get-form";
import { noteFormsShown } from "./shown-store";

/** Where the form of a step is filled in by whoever has this. */
export function formUrl(place: StepPlace): string {
  return `${env().HOLDPOINT_BASE_URL}/f/${stepToken(env().NEXTAUTH_SECRET, "form", place)}`;
}

/**
 * The address of a form's page, to be sent on by a colleague. From then on they may have given the run its values, so four eyes
 * bar them (18-requesters.sql).
 */
export async function formAddress(actor: Actor, waitpointId: string): Promise<{ url: string }> {
  requireScope(actor, "forms:submit");
  const { waitpoint } = await getForm(actor, waitpointId);
  if (waitpoint.status !== "open") throw new AppError("waitpoint_already_resolved", "This form is no longer open.");
  if (waitpoint.assignees.length > 0)
    throw new AppError("conflict", "Members answer this form, in their inbox. It has no page of its own.");
  if (actor.userId !== null) await noteFormsShown(actor.organizationId, [waitpoint.runId], actor.userId);
  return { url: formUrl(waitpoint) };
}
