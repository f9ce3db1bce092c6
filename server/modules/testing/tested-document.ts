import { AppError } from "@/core/errors";
import type { Spec, Trigger, WorkflowConfig } from "@/core/workflow/document";
import type { Actor } from "@/server/db/tenant";
import { getWorkflow, readVersion, type WorkflowWithHead } from "@/server/modules/workflows/service";
import { findDraft } from "./repository";

/** What a test of a workflow runs: its stored draft, or the newest version when nobody edited since. */
export interface TestedDocument {
  workflow: WorkflowWithHead["workflow"];
  document: { spec: Spec; triggers: Trigger[]; config: WorkflowConfig };
  /** When this draft was begun: earlier tests say nothing about it. */
  since: Date;
}

export async function testedDocument(actor: Actor, slug: string): Promise<TestedDocument> {
  const { workflow, head } = await getWorkflow(actor, slug);
  if (workflow.status === "retired")
    throw new AppError("workflow_retired", `"${workflow.slug}" is retired. Publish it again before you test it.`);
  const draft = await findDraft(actor.organizationId, workflow.id);
  const document = readVersion(
    // jsonb columns hold JSON values only.
    draft ?? head,
  );
  return { workflow, document, since: draft?.createdAt ?? head.createdAt };
}
