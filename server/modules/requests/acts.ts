import { AppError } from "@/core/errors";
import type { Actor, OrganizationId } from "@/server/db/tenant";
import { withdrawRun, type Withdrawer } from "@/server/modules/runs/service";
import { nudge, nudgeHours } from "./nudge-store";
import { requestProgress } from "./progress";
import { findRequestRun, requestFacts } from "./repository";

/** Reminds those who are asked, for whoever asked for the run, whom the caller has let in; at most once in some hours. */
export async function nudgeRun(organizationId: OrganizationId, runId: string): Promise<void> {
  const run = await findRequestRun(organizationId, runId);
  const [facts] = run === null ? [] : await requestFacts(organizationId, [run]);
  if (!facts || facts.run.endedAt !== null) throw over();
  if (!requestProgress(facts).mayNudge)
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

/** They do not want it any more. What was done already stays done. */
export async function withdrawFor(
  actor: Actor,
  runId: string,
  how: { by: Withdrawer; reason?: string | undefined },
): Promise<void> {
  if (!(await withdrawRun(actor, runId, how))) throw over();
}

function over(): AppError {
  return new AppError("conflict", "This request is over already.");
}
