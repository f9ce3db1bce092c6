import type { Json } from "@/core/json";
import { prisma } from "@/server/db/client";
import type { OrganizationId } from "@/server/db/tenant";

/** The triggers of the workflow's draft; null without a draft. */
export async function findDraftTriggers(organizationId: OrganizationId, workflowId: string): Promise<Json | null> {
  const draft = await prisma().workflowDraft.findFirst({
    where: { organizationId, workflowId },
    select: { triggers: true },
  });
  // A jsonb column holds JSON values only.
  return draft ? (draft.triggers as Json) : null;
}
