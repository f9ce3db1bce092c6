import type { Rehearsal } from "@/core/contracts/test-run";
import { AppError } from "@/core/errors";
import type { JsonObject } from "@/core/json";
import { hasScope, requireScope, type UserActor } from "@/server/db/tenant";
import { readApprovalRequest } from "@/server/modules/approvals/service";
import {
  openWaitpointOf,
  passTime,
  requireChoice,
  resolveOrRefuse,
  submitForm,
  visibleRun,
} from "@/server/modules/runs/service";
import * as repository from "./repository";

type Answer = Extract<Rehearsal["act"], { type: "answer" }>;
type Waitpoint = Awaited<ReturnType<typeof openWaitpointOf>>;

/** Plays the part of whoever, or whatever, a test waits for. Never for a real run. */
export async function rehearse(actor: UserActor, { runId, waitpointId, act }: Rehearsal): Promise<void> {
  requireScope(actor, "workflows:write");
  const run = await visibleRun(actor, runId);
  if (!run.test)
    throw new AppError("forbidden", "Only a test can be rehearsed. This is a real run: answer it where it is asked.");
  await requireMayActLive(actor, run);
  const waitpoint = await openWaitpointOf(actor, run, waitpointId);
  if (act.type === "pass_time") {
    await passTime(actor, run, waitpoint);
    return;
  }
  const answer = answers[waitpoint.kind];
  if (!answer)
    throw new AppError("conflict", "Nobody answers this: it waits for a time. Jump to the end of the wait instead.");
  await answer(actor, waitpoint, act);
}

/** What a test may really call was allowed to its tester; whoever answers for somebody else's says what is sent. */
async function requireMayActLive(
  actor: UserActor,
  run: { organizationId: string; versionId: string; ownerId: string },
): Promise<void> {
  if (run.ownerId === actor.userId || hasScope(actor, "connections:test_live")) return;
  if (await repository.mayCallLive(run.versionId))
    throw new AppError(
      "forbidden",
      "This test may call live connections, so only who started it, or somebody who may test with them, answers for it.",
    );
}

const answers: Readonly<Record<string, (actor: UserActor, waitpoint: Waitpoint, answer: Answer) => Promise<unknown>>> =
  {
    approval(actor, waitpoint, { outcome, comment }) {
      const { policy } = readApprovalRequest(waitpoint.request);
      if (outcome !== "approved" && outcome !== "rejected")
        throw new AppError("validation_failed", "An approval is approved or rejected.", [
          { code: "unknown_answer", path: "act.outcome", message: "Choose approved or rejected." },
        ]);
      if (policy.commentRequiredOn.includes(outcome) && !comment?.trim())
        throw new AppError("comment_required", "This decision needs a comment. Write why, then decide again.", [
          { code: "comment_required", path: "act.comment", message: "Write why." },
        ]);
      return resolve(actor, waitpoint, "approval", {
        outcome,
        action: `approval.${outcome}`,
        resolution: { decision: outcome, comment: comment ?? null, messageToRequester: null, edits: {} },
      });
    },
    form(actor, waitpoint, { values = {} }) {
      const { organizationId } = actor;
      return submitForm(organizationId, { waitpointId: waitpoint.id, values, actor, via: "ui", rehearsal: true });
    },
    handoff(actor, waitpoint, { outcome, comment, values = {} }) {
      requireChoice(waitpoint.request, outcome, "act.outcome");
      return resolve(actor, waitpoint, "question", {
        outcome: "returned",
        action: "handoff.resolved",
        resolution: {
          resolution: outcome === "" ? null : outcome,
          note: comment ?? null,
          comment: comment ?? null,
          output: values["output"] ?? null,
        },
      });
    },
    callback: (actor, waitpoint, { values = {} }) =>
      resolve(actor, waitpoint, "callback", {
        outcome: "called",
        action: "callback.called",
        resolution: { body: values },
      }),
  };

function resolve(
  actor: UserActor,
  waitpoint: Waitpoint,
  noun: string,
  given: { outcome: string; action: string; resolution: JsonObject },
): Promise<unknown> {
  return resolveOrRefuse(
    {
      organizationId: actor.organizationId,
      waitpointId: waitpoint.id,
      actor,
      via: "ui",
      ...given,
      resolution: { ...given.resolution, rehearsal: true },
    },
    noun,
  );
}
