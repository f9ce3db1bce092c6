import type { ExportedDocument } from "@/core/contracts/library";
import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import type { Trigger } from "@/core/workflow/document";
import { documentInReadingOrder } from "@/core/workflow/reading-order";
import { keepsSecret } from "@/core/workflow/trigger-lookup";
import { needsProof } from "@/core/workflow/webhook-proof";
import { workApart } from "@/server/apart/work-apart";
import { requireScope, type Actor } from "@/server/db/tenant";
import { noteAct } from "@/server/db/transaction";
import {
  existingWorkflow,
  storedDocument,
  triggerFacts,
  triggerKey,
  type TriggerFacts,
  type WorkflowWithHead,
} from "@/server/modules/workflows/service";
import { triggerDefinitions } from "@/triggers/definitions";
import * as repository from "./repository";

/** A workflow as a file, in the spelling it was imported in. `draft`: with the edits that are not published. */
export async function exportDocument(
  actor: Actor,
  { slug, version }: { slug: string; version: number | "draft" },
): Promise<ExportedDocument> {
  requireScope(actor, "workflows:read");
  const workflow = await existingWorkflow(actor, slug);
  const document = await documentOf(actor, workflow, version);
  await noteAct(actor, "workflow.exported", { type: "workflow", id: workflow.id }, { slug: workflow.slug, version });
  const suffix = version === "draft" ? "" : `-v${String(version)}`;
  return {
    filename: `${workflow.slug}${suffix}.json`,
    json: `${JSON.stringify(documentInReadingOrder(document), null, 2)}\n`,
  };
}

/** The document of a version, or of the draft; where nobody edits, the draft is the newest version. */
export async function documentOf(
  actor: Actor,
  workflow: WorkflowWithHead["workflow"],
  version: number | "draft",
): Promise<JsonObject> {
  const { organizationId } = actor;
  const draft = version === "draft" ? await repository.findDraftParts(organizationId, workflow.id) : null;
  const number = version === "draft" ? workflow.headVersion : version;
  const parts = draft ?? (await repository.findVersionParts(organizationId, workflow.id, number));
  if (!parts) throw new AppError("not_found", `"${workflow.slug}" has no version ${String(version)}.`);
  const document = storedDocument(workflow, parts);
  const facts = await triggerFacts(organizationId, workflow.id);
  return workApart(organizationId, "exportDocument", {
    ...document,
    ...(workflow.reviewRequired ? { reviewRequired: true as const } : {}),
    triggers: document.triggers?.map((trigger) => provenTrigger(trigger, facts)) ?? null,
  });
}

/** A secret stays here, so a copy must say by itself that it needs one. */
function provenTrigger(trigger: Trigger, facts: ReadonlyMap<string, TriggerFacts>): Trigger {
  if (!keepsSecret(trigger, triggerDefinitions) || trigger.callers !== undefined) return trigger;
  const hadSecret = facts.get(triggerKey(trigger))?.hadSecret ?? false;
  return needsProof(trigger, hadSecret) ? { ...trigger, callers: "signed" } : trigger;
}
