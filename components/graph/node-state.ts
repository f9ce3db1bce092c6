import type { RunStep } from "@/core/contracts/run";
import type { StatusFace } from "@/components/ui/status-chip";
import { durationWords, worthSayingMs } from "@/components/ui/time-words";
import { resultLine, stepFace } from "./step-face";

/** What a card on the canvas shows of a run. */
export interface NodeState {
  status: RunStep["status"];
  face: StatusFace;
  /** Replaces the summary once the step has begun. */
  line: string;
  duration: string | null;
  waiting: RunStep["waiting"];
}

/** One state per node; of several iterations the one that matters most: waiting, then failed, then the latest. */
export function nodeStates(steps: readonly RunStep[]): Map<string, NodeState> {
  const states = new Map<string, NodeState>();
  for (const step of steps) {
    const present = states.get(step.nodeId);
    if (present && weight[present.status] > weight[step.status]) continue;
    states.set(step.nodeId, {
      status: step.status,
      face: stepFace(step),
      line: resultLine(step),
      duration:
        step.status === "completed" &&
        step.summary !== null &&
        step.durationMs !== null &&
        step.durationMs >= worthSayingMs
          ? durationWords(step.durationMs)
          : null,
      waiting: step.waiting,
    });
  }
  return states;
}

const weight: Record<RunStep["status"], number> = {
  waiting: 6,
  failed: 5,
  running: 4,
  completed: 3,
  cancelled: 2,
  skipped: 1,
  pending: 0,
};
