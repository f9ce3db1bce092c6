import type { RequestOutcome } from "@/core/contracts/request";
import { stepDefinition } from "@/steps/definitions";

type Word = Extract<RequestOutcome, "declined" | "timed_out">;

/** The way out of every step that asks people, for when nobody answers. */
const unanswered = "timed_out";

const endedBy: ReadonlyMap<string, Word> = new Map([
  ["approval_rejected", "declined"],
  ["approval_timed_out", "timed_out"],
  ["form_timed_out", "timed_out"],
  ["handoff_timed_out", "timed_out"],
]);
/** The workflow itself ended the run as failed: what people said before tells why. */
const endedOnPurpose = "ended_failed";

interface AskedStep {
  nodeId: string;
  type: string;
  status: string;
  handle: string | null;
}

export interface Ending {
  outcome: RequestOutcome;
  /** Of `timed_out`: the step that nobody answered. */
  nodeId: string | null;
}

/** How a run that is over ended for the customer: what became of it is not what people decided about it. */
export function endingOf(run: { status: string; failureReason: string | null }, steps: readonly AskedStep[]): Ending {
  if (run.status === "cancelled") return { outcome: "cancelled", nodeId: null };
  const said = lastWord(steps);
  if (run.status === "completed") return said ?? { outcome: "completed", nodeId: null };
  const reason = run.failureReason ?? "";
  if (reason === endedOnPurpose && said !== null) return said;
  const outcome = endedBy.get(reason);
  if (outcome === undefined) return { outcome: "failed", nodeId: null };
  const failed = steps.findLast(({ type, status }) => stepDefinition(type)?.asks !== undefined && status === "failed");
  return { outcome, nodeId: failed?.nodeId ?? said?.nodeId ?? null };
}

/** Whether a person was asked here and did not say yes. */
export function isNo({ type, handle }: Pick<AskedStep, "type" | "handle">): boolean {
  return wordOf(type, handle) !== null;
}

/** A later yes takes back an earlier no: another decision, or a colleague who settled it. An answered form settles nothing. */
function lastWord(steps: readonly AskedStep[]): Ending | null {
  let said: Ending | null = null;
  for (const { nodeId, type, status, handle } of steps) {
    const asks = stepDefinition(type)?.asks;
    if (asks === undefined || status !== "completed") continue;
    const outcome = wordOf(type, handle);
    if (outcome !== null) said = { outcome, nodeId };
    else if (asks !== "form" || said?.outcome === "timed_out") said = null;
  }
  return said;
}

function wordOf(type: string, handle: string | null): Word | null {
  const definition = stepDefinition(type);
  if (definition?.asks === undefined || handle === null) return null;
  if (handle === definition.decides?.no) return "declined";
  return handle === unanswered ? "timed_out" : null;
}
