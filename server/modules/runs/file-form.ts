import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import { hasScope, requireScope, type Actor, type OrganizationId, type UserActor } from "@/server/db/tenant";
import { requireAsked } from "./asked-of";
import { openPage } from "./form-page";
import { readForm } from "./forms";
import { findRun } from "./repository";
import { visibleRun } from "./visible-run";

/** An open form, as much of it as an upload to it has to know. */
export interface FileForm {
  organizationId: OrganizationId;
  waitpointId: string;
  schema: JsonObject;
  /** Whoever may add files, in words. */
  by: string;
}

/** The form behind the address of its page. The address is the proof. */
export async function formOfPage(token: string): Promise<FileForm> {
  const { form, schema, actor } = await openPage(token);
  return { organizationId: actor.organizationId, waitpointId: form, schema, by: actor.name };
}

/** A form of one of these runs, for the customer that it asks. */
export async function formOfCustomer(actor: Actor, runIds: readonly string[], id: string): Promise<FileForm> {
  const { waitpoint, form } = await readForm(actor.organizationId, id);
  if (!runIds.includes(waitpoint.runId) || waitpoint.assignees.length > 0)
    throw new AppError("not_found", "There is no such form.");
  return { organizationId: actor.organizationId, waitpointId: waitpoint.id, schema: form.schema, by: actor.name };
}

/** A form that a member may answer: one that asks them, or of a test that they may rehearse. */
export async function formOfMember(actor: UserActor, id: string): Promise<FileForm> {
  const { organizationId } = actor;
  const { waitpoint, form } = await readForm(organizationId, id);
  const run = await findRun(organizationId, waitpoint.runId);
  if (run?.test === true && hasScope(actor, "workflows:write")) await visibleRun(actor, waitpoint.runId);
  else {
    requireScope(actor, "forms:submit");
    await requireAsked(
      actor,
      waitpoint,
      "forms:submit",
      "This form is for somebody else. Ask them, or an administrator, to fill it in.",
    );
  }
  return { organizationId, waitpointId: waitpoint.id, schema: form.schema, by: actor.name };
}
