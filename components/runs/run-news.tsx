"use client";
import { Link } from "@/components/ui/link";
import type { RunDetail, RunStep } from "@/core/contracts/run";
import { undecidableWords } from "@/core/contracts/undecidable";
import { useClock } from "@/components/ui/clock";
import { Notice } from "@/components/ui/notice";
import { stepFace, waitingLine } from "@/components/graph/step-face";
import { CallbackNews } from "./callback-news";
import { FormPageLink } from "./form-page-link";
import { runName } from "./run-id";

/** What needs to be known at once: who the run waits for, why it failed, that it was paused or cancelled. */
export function RunNews({
  run,
}: {
  run: Pick<
    RunDetail,
    | "id"
    | "repair"
    | "status"
    | "error"
    | "failureReason"
    | "cancelReason"
    | "message"
    | "warnings"
    | "steps"
    | "restoredFrom"
    | "callbacks"
  >;
}) {
  const waiting = run.steps.filter(isWaiting);
  return (
    <div className="flex flex-col gap-2 not-empty:mt-4">
      {run.status === "failed" && (
        <Notice
          tone="failed"
          action={
            run.repair && (
              <Link
                href={`/inbox?id=${encodeURIComponent(run.id)}`}
                className="shrink-0 font-semibold underline underline-offset-2"
              >
                Fix, skip or leave it
              </Link>
            )
          }
        >
          {run.error?.message ?? run.message ?? run.failureReason?.replaceAll("_", " ") ?? "This run failed."}
        </Notice>
      )}
      {run.status === "completed" && run.message !== null && <Notice tone="completed">{run.message}</Notice>}
      {run.warnings.map((warning) => (
        <Notice key={warning} tone="failed">
          {warning}
        </Notice>
      ))}
      {run.status === "cancelled" && (
        <Notice tone="quiet">
          {run.cancelReason === null ? "This run was cancelled." : `Cancelled: ${run.cancelReason}`}
        </Notice>
      )}
      {run.restoredFrom !== null && (
        <Notice tone="quiet">
          Goes on from{" "}
          <Link href={`/runs/${run.restoredFrom}`} className="font-mono underline underline-offset-2">
            {runName(run.restoredFrom)}
          </Link>
          .
        </Notice>
      )}
      {run.status === "paused" && (
        <Notice tone="quiet">Paused. The next step starts when somebody resumes the run.</Notice>
      )}
      {run.callbacks.map((call) => (
        <CallbackNews key={call.createdAt} call={call} />
      ))}
      {waiting.map((step) => (
        <WaitingNews key={step.key} step={step} />
      ))}
    </div>
  );
}

type WaitingStep = RunStep & { waiting: NonNullable<RunStep["waiting"]> };

/** Where each kind that asks people is answered, as its link says. */
const doors = new Map([
  ["approval", "Open decision"],
  ["form", "Open form"],
  ["handoff", "Open question"],
]);

function WaitingNews({ step }: { step: WaitingStep }) {
  const now = useClock();
  const door = doors.get(step.waiting.kind);
  return (
    <Notice
      tone={step.waiting.undecidable ? "failed" : stepFace(step).tone}
      action={
        door === undefined ? undefined : (
          <Link
            href={`/inbox?id=${encodeURIComponent(step.waiting.waitpointId)}`}
            className="shrink-0 font-semibold underline underline-offset-2"
          >
            {door}
          </Link>
        )
      }
    >
      <span className="font-semibold">{step.name}.</span>{" "}
      <span suppressHydrationWarning>{waitingLine(step.waiting, now)}.</span>
      {step.waiting.undecidable && (
        <p>{undecidableWords(step.waiting.kind, step.waiting.undecidable, step.waiting.for)}</p>
      )}
      {step.waiting.hasPage && <FormPageLink waitpointId={step.waiting.waitpointId} name={step.name} />}
    </Notice>
  );
}

function isWaiting(step: RunStep): step is WaitingStep {
  return step.waiting !== null && step.status === "waiting";
}
