import type { z } from "zod";
import type { workflowListObjectSchema, workflowObjectSchema } from "@/core/contracts/workflow-rest";
import { workflowStatuses, type WorkflowStatus } from "@/core/contracts/workflow";
import { showId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import { exportSpec } from "@/core/workflow/export";
import type { Trigger } from "@/core/workflow/document";
import { triggerView } from "@/core/workflow/workflow-document";
import { hasScope, type Actor } from "@/server/db/tenant";
import { stepDefinitions } from "@/steps/definitions";
import { webhookFacts } from "./active-triggers";
import { readVersion } from "./document";
import type { VersionRow, WorkflowRow } from "./repository";
import type { WorkflowWithHead } from "./load";
import { hasOwnSecret } from "./trigger-address";

type WorkflowObject = z.input<typeof workflowObjectSchema>;

/** The workflow object of the definition family. */
export async function workflowObject(
  actor: Actor,
  { workflow, head }: WorkflowWithHead,
  format: "source" | "canonical" = "source",
): Promise<WorkflowObject> {
  const { triggers, config } = readVersion(head);
  return {
    id: showId("workflow", workflow.id),
    slug: workflow.slug,
    name: workflow.name,
    description: workflow.description,
    spec: specObject(head, format),
    ...triggerView(triggers),
    status: readStatus(workflow.status),
    version: workflow.headVersion,
    createdAt: workflow.createdAt.toISOString(),
    updatedAt: workflow.updatedAt.toISOString(),
    triggers: await triggerObjects(actor, workflow, triggers),
    config: {
      ...config,
      enabled: workflow.enabled,
      whileDraft: workflow.whileDraft === "serve_published" ? "serve_published" : "block",
    },
    publishedVersion: workflow.publishedVersion,
  };
}

/** As its author spelled it, or as it is stored. */
export function specObject(version: VersionRow, format: "source" | "canonical"): JsonObject {
  const { spec } = readVersion(version);
  // A spec was imported from JSON; its type leaves fields open.
  return format === "source" ? exportSpec(spec, stepDefinitions) : (spec as unknown as JsonObject);
}

/** With the addresses of webhooks, for those who may change the workflow. */
export async function triggerObjects(
  actor: Actor,
  workflow: WorkflowRow,
  triggers: readonly Trigger[],
): Promise<WorkflowObject["triggers"]> {
  const isWriter = hasScope(actor, "workflows:write") && triggers.some(hasOwnSecret);
  const facts = isWriter ? await webhookFacts(actor.organizationId, workflow.id) : null;
  return triggers.map((trigger) => ({
    ...trigger,
    ...(hasOwnSecret(trigger) ? facts?.get(trigger.id) : undefined),
  }));
}

export function workflowListObject(
  workflow: WorkflowRow,
  triggerType: string | null,
  executions: number,
): z.input<typeof workflowListObjectSchema> {
  return {
    id: showId("workflow", workflow.id),
    slug: workflow.slug,
    name: workflow.name,
    status: readStatus(workflow.status),
    triggerType,
    version: workflow.headVersion,
    _count: { executions },
  };
}

export function readStatus(text: string): WorkflowStatus {
  return workflowStatuses.find((status) => status === text) ?? "draft";
}
