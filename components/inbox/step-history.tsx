import { clsx } from "clsx";
import type { ApprovalContext } from "@/core/contracts/approval";
import { stepFace } from "@/components/graph/step-face";
import { durationWords, worthSayingMs } from "@/components/ui/time-words";
import { toneText } from "@/components/ui/tone";
import type { StepStatus } from "@/core/engine/protocol";
import { stepDefinition } from "@/steps/definitions";

/** The workflow's state in short: what ran, with which result. */
export function StepHistory({ steps }: { steps: ApprovalContext["steps"] }) {
  return (
    <ol className="flex flex-col">
      {steps.filter(happened).map((step, position) => {
        const face = stepFace({
          status: readStatus(step.status),
          waiting: waitingOf(step.type),
          ...(step.rejected && { rejected: true }),
        });
        return (
          <li
            key={`${position}-${step.name}`}
            className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 border-b py-2 last:border-b-0"
          >
            <span className="flex min-w-0 items-baseline gap-2">
              <face.icon size={14} aria-hidden className={clsx("shrink-0 translate-y-0.5", toneText[face.tone])} />
              <span className="min-w-0 [overflow-wrap:anywhere]">{step.name}</span>
            </span>
            <span className="ml-auto text-right text-dense text-ink-2 [overflow-wrap:anywhere]">
              {step.summary ?? face.word}
              {step.durationMs !== null && step.durationMs >= worthSayingMs && step.status === "completed" && (
                <span className="ml-1.5 text-ink-3">{durationWords(step.durationMs)}</span>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** What was gone past happened to nobody. */
const happened = ({ status }: ApprovalContext["steps"][number]): boolean => status !== "skipped";

/** The history does not say what a step waits for; its type does. */
function waitingOf(type: string) {
  const kind = stepDefinition(type)?.asks;
  return kind === undefined ? null : { waitpointId: "", kind, for: [], since: "", dueAt: null };
}

function readStatus(text: string): StepStatus {
  return statuses.find((status) => status === text) ?? "pending";
}

const statuses: readonly StepStatus[] = [
  "pending",
  "running",
  "waiting",
  "completed",
  "failed",
  "skipped",
  "cancelled",
];
