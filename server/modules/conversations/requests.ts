import { AppError } from "@/core/errors";
import { isUuid } from "@/core/ids";
import { seenFrom, type Actor } from "@/server/db/tenant";
import { nudgeRun, withdrawFor } from "@/server/modules/requests/service";
import { openToAct, type Opened } from "./open-conversation";
import { countRunsAmong } from "./repository";

interface By {
  visitor: Actor | null;
  address?: string;
}

/** The customer wants to know how it stands: those who are asked are reminded, at most once in some hours. */
export async function nudgeRequest(token: string, runId: string, by: By): Promise<void> {
  const { actor } = await openRequest(token, runId, by);
  await nudgeRun(actor.organizationId, runId);
}

/** The customer does not want it any more. What was done already stays done. */
export async function withdrawRequest(
  token: string,
  { runId, reason }: { runId: string; reason?: string | undefined },
  by: By,
): Promise<void> {
  const { actor } = await openRequest(token, runId, by);
  await withdrawFor(seenFrom(actor, by.address ?? null), runId, { by: "customer", reason });
}

/** The conversation that the link opens; the request must be one of its own. */
async function openRequest(token: string, runId: string, by: By): Promise<Opened> {
  const opened = await openToAct(token, by.visitor);
  const { organizationId } = opened.actor;
  const isTheirs = isUuid(runId) && (await countRunsAmong(organizationId, opened.conversation.id, [runId])) === 1;
  if (!isTheirs) throw new AppError("validation_failed", "There is no such request in this conversation.");
  return opened;
}
