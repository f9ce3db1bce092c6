import { hasTargets, takeHandle } from "./edges";
import { nodeKey } from "./node-keys";
import type { PlanNode } from "./plan";
import type { Failure } from "./protocol";
import { closeNode, type Turn } from "./turn";

/** The way out of every failed step that has one drawn. */
export const errorHandle = "error";

/** A step failed for good: its error path is taken, else `onError: continue` goes on, else its scope fails. */
export function failNode(turn: Turn, node: PlanNode, iteration: string, failure: Failure): void {
  failWith(turn, node, iteration, failure, wayOn(node));
}

/** A step failed and no error path applies, e.g. a rejection that leads nowhere. */
export function failWithoutWayOn(turn: Turn, node: PlanNode, iteration: string, failure: Failure): void {
  failWith(turn, node, iteration, failure, null);
}

function failWith(turn: Turn, node: PlanNode, iteration: string, failure: Failure, handle: string | null): void {
  const key = nodeKey(node.id, iteration);
  const state = turn.state.nodes[key];
  if (!state) return;
  state.status = "failed";
  delete state.waitingFor;
  if (failure.failedKey !== key) {
    turn.commands.push({
      type: "failContainer",
      key,
      nodeId: node.id,
      iteration,
      handle,
      failedKey: failure.failedKey,
      error: failure.error,
      reason: failure.reason,
    });
  }
  if (handle === null) {
    state.failure = failure;
    turn.tasks.push({ type: "scopeFailed", pass: { scopeId: node.scopeId, iteration }, failure });
  } else {
    state.handle = handle;
    takeHandle(turn, node, iteration, handle);
  }
  closeNode(turn, node, iteration);
}

function wayOn(node: PlanNode): string | null {
  if (hasTargets(node, errorHandle)) return errorHandle;
  return node.onError === "continue" ? node.defaultHandle : null;
}
