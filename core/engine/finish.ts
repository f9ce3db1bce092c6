import { abandonPass } from "./abandon";
import type { Failure, FailureReason, FinishCommand, NodeKey } from "./protocol";
import type { StepError } from "@/core/step-error";
import type { Turn } from "./turn";

/** Nothing is left to do: the run is completed. */
export function completeRun(turn: Turn): void {
  finish(turn, { type: "finish", status: "completed", outputFrom: turn.state.lastLeaf });
}

/** A step ended the whole run; what is open elsewhere is cancelled. */
export function endRun(turn: Turn, key: NodeKey, status: "completed" | "failed"): void {
  const state = turn.state.nodes[key];
  if (state) state.end = { status };
  finish(
    turn,
    status === "completed"
      ? { type: "finish", status, outputFrom: key }
      : { type: "finish", status, outputFrom: key, reason: "ended_failed" },
  );
}

/** A step failed with no way on. */
export function failRun(turn: Turn, failure: Failure): void {
  finish(turn, {
    type: "finish",
    status: "failed",
    outputFrom: null,
    reason: failure.reason,
    error: failure.error,
    failedKey: failure.failedKey,
  });
}

/** The run's time is used up. */
export function timeOutRun(turn: Turn, reason: keyof typeof deadlineMessages): void {
  const error: StepError = { code: reason, message: deadlineMessages[reason], class: "timeout", retryable: false };
  finish(turn, { type: "finish", status: "failed", outputFrom: null, reason, error });
}

export function cancelRun(turn: Turn): void {
  finish(turn, { type: "finish", status: "cancelled", outputFrom: null });
}

const deadlineMessages = {
  timeout: "The run used up its active time. Raise timeoutMs in the workflow's settings, or retry the run.",
  too_many_steps:
    "The run has more than 50,000 steps. Shorten the lists that its loops go through, or split them over several runs.",
  max_age: "The run is older than allowed. Raise maxAgeMs in the workflow's settings, or start a new run.",
} as const satisfies Partial<Record<FailureReason, string>>;

function finish(turn: Turn, command: FinishCommand): void {
  if ((turn.state.scopes[""]?.open ?? 0) > 0) abandonPass(turn, { scopeId: "", iteration: "" });
  delete turn.state.scopes[""];
  turn.state.status = command.status;
  turn.state.finish = command;
  turn.commands.push(command);
}
