import { AppError } from "@/core/errors";
import { isUuid } from "@/core/ids";
import { seenFrom, type Actor } from "@/server/db/tenant";
import { withdrawRun } from "@/server/modules/runs/service";
import { openToAct, type Opened } from "./open-conversation";
import { requestProgress } from "./progress";
import { countRunsAmong, listRequestFacts } from "./repository";
import { nudge, nudgeHours } from "./requests-store";

interface By {
  visitor: Actor | null;
  address?: string;
}

/** The customer wants to know how it stands: those who are asked are reminded, at most once in some hours. */
export async function nudgeRequest(token: string, runId: string, by: By): Promise<void> {
  const opened = await openRequest(token, runId, by);
  const { organizationId } = opened.actor;
  const facts = (await listRequestFacts(organizationId, opened.conversation.id, 0)).find(({ run }) => run.id === runId);
  if (!facts) throw over();
  const { state } = requestProgress(facts, []);
  if (state !== "waiting_for_people" && state !== "with_colleague")
    throw new AppError(
      "conflict",
      "Nobody of our team is asked at the moment. It goes on by itself, or waits for you.",
    );
  if (!(await nudge(organizationId, runId)))
    throw new AppError(
      "conflict",
      `You asked a short time ago, and we have been told. You can ask again ${String(nudgeHours)} hours after that.`,
    );
}

/** The customer does not want it any more. What was done already stays done. */
export async function withdrawRequest(token: string, runId: string, by: By): Promise<void> {
  const { actor } = await openRequest(token, runId, by);
  if (!(await withdrawRun(seenFrom(actor, by.address ?? null), runId))) throw over();
}

/** The conversation that the link opens; the request must be one of its own. */
async function openRequest(token: string, runId: string, by: By): Promise<Opened> {
  const opened = await openToAct(token, by.visitor);
  const { organizationId } = opened.actor;
  const isTheirs = isUuid(runId) && (await countRunsAmong(organizationId, opened.conversation.id, [runId])) === 1;
  if (!isTheirs) throw new AppError("validation_failed", "There is no such request in this conversation.");
  return opened;
}

function over(): AppError {
  return new AppError("conflict", "This request is over already.");
}
