import { z } from "zod";
import type { ConversationDetail } from "@/core/contracts/conversation-rest";
import type { OrganizationId } from "@/server/db/tenant";
import { listForms } from "@/server/modules/requests/service";
import { coverOf, masksOfRuns, noMask } from "@/server/modules/runs/service";
import * as repository from "./repository";

const shownForms = 50;
const requestSchema = z.object({ title: z.string().default("Form") });
const states = { open: "open", resolved: "answered" } as const;

/** What the customer was asked for, as colleagues see it: that, when, and whether it is answered. */
export async function askedForms(
  organizationId: OrganizationId,
  conversationId: string,
): Promise<ConversationDetail["forms"]> {
  return formsOfRuns(organizationId, await repository.listRunIds(organizationId, conversationId));
}

/** The same for some runs. */
export async function formsOfRuns(
  organizationId: OrganizationId,
  runIds: readonly string[],
): Promise<ConversationDetail["forms"]> {
  const forms = await listForms(organizationId, runIds, shownForms);
  const masks = await masksOfRuns(organizationId, [...new Set(forms.map(({ runId }) => runId))]);
  return forms.map(({ id, runId, nodeId, request, status, createdAt, resolvedAt }) => {
    const mask = masks.get(runId) ?? noMask;
    const { title } = requestSchema.parse(request);
    return {
      id,
      title: coverOf(["input", "title"], mask.secrets.steps.get(nodeId)?.hidden) ?? mask(title),
      asked_at: createdAt.toISOString(),
      status: status === "open" || status === "resolved" ? states[status] : "closed",
      answered_at: status === "resolved" ? (resolvedAt?.toISOString() ?? null) : null,
    };
  });
}
