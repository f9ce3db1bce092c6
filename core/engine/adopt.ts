import { offerResult, takeHandle } from "./edges";
import { endRun } from "./finish";
import { openLoop } from "./loops";
import type { PlanNode } from "./plan";
import type { Failure, NodeKey, NodeState, StepRecord, StepStatus } from "./protocol";
import { openNode, type Turn } from "./turn";

/** The journal's row of a node that is about to be decided; each is used once. */
export function takeRecord(turn: Turn, key: NodeKey): StepRecord | undefined {
  const record = turn.state.journal?.[key];
  if (record) delete turn.state.journal?.[key];
  return record;
}

/**
 * Puts a node into the state its journal row tells of instead of running it. False when the row tells nothing that
 * counts (it was cancelled, or skipped and is now wanted after all): then it runs.
 */
export function adoptRecord(turn: Turn, node: PlanNode, record: StepRecord): boolean {
  // The step may have done its part (an approval was decided) and the run failed all the same because it led nowhere.
  const adopt = record.failure ? adoptFailed : adopters[record.status];
  if (!adopt) return false;
  adopt(turn, node, record);
  return true;
}

const adopters: Partial<Record<StepStatus, (turn: Turn, node: PlanNode, record: StepRecord) => void>> = {
  completed: adoptCompleted,
  failed: adoptFailed,
  waiting: adoptWaiting,
  running: adoptRunning,
  pending: adoptRunning,
};

function adoptCompleted(turn: Turn, node: PlanNode, record: StepRecord): void {
  const handle = record.handle ?? node.defaultHandle;
  const state: NodeState = { status: "completed", attempt: record.attempt, handle };
  turn.state.nodes[record.key] = state;
  if (record.end) {
    endRun(turn, record.key, record.end.status);
    return;
  }
  offerResult(turn, node, record.iteration);
  takeHandle(turn, node, record.iteration, handle);
}

function adoptFailed(turn: Turn, node: PlanNode, record: StepRecord): void {
  const state: NodeState = { status: "failed", attempt: record.attempt };
  turn.state.nodes[record.key] = state;
  if (record.handle !== undefined && !record.failure) {
    state.handle = record.handle;
    takeHandle(turn, node, record.iteration, record.handle);
    return;
  }
  const failure: Failure = record.failure ?? {
    reason: "step_failed",
    failedKey: record.key,
    error: { code: "step_failed", message: `Step ${node.id} failed. See its record.`, class: "other" },
  };
  state.failure = failure;
  turn.tasks.push({ type: "scopeFailed", pass: { scopeId: node.scopeId, iteration: record.iteration }, failure });
}

function adoptWaiting(turn: Turn, node: PlanNode, record: StepRecord): void {
  const state: NodeState = { status: "waiting", attempt: Math.max(1, record.attempt) };
  if (record.waitingFor) state.waitingFor = record.waitingFor;
  openNode(turn, node, record.iteration, state);
}

function adoptRunning(turn: Turn, node: PlanNode, record: StepRecord): void {
  const attempt = Math.max(1, record.attempt);
  const { key, nodeId, iteration } = record;
  openNode(turn, node, iteration, { status: "running", attempt });
  if (node.kind !== "container") turn.commands.push({ type: "runStep", key, nodeId, iteration, attempt });
  else if (record.loop) openLoop(turn, node, iteration, record.loop);
  else turn.commands.push({ type: "openContainer", key, nodeId, iteration });
}
