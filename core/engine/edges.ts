import { nodeKey } from "./node-keys";
import type { PlanNode } from "./plan";
import type { Turn } from "./turn";

/** Decides every out-edge of a node: those of `handle` are taken, the others are dead (null: all dead). */
export function takeHandle(turn: Turn, node: PlanNode, iteration: string, handle: string | null): void {
  for (const [name, targets] of node.outgoing) {
    const taken = name === handle;
    for (const nodeId of targets) turn.tasks.push({ type: "edge", nodeId, iteration, taken });
  }
}

/** Whether anything is connected to the handle. */
export function hasTargets(node: PlanNode, handle: string): boolean {
  return (node.outgoing.get(handle)?.length ?? 0) > 0;
}

/** Remembers a completed node as the result of its pass, unless one that counts more has completed already. */
export function offerResult(turn: Turn, node: PlanNode, iteration: string): void {
  if (node.resultRank < 0) return;
  const key = nodeKey(node.id, iteration);
  if (node.scopeId === "") {
    if (outranks(turn, node, turn.state.lastLeaf, iteration)) turn.state.lastLeaf = key;
    return;
  }
  const pass = turn.state.scopes[nodeKey(node.scopeId, iteration)];
  if (pass && outranks(turn, node, pass.result, iteration)) pass.result = key;
}

function outranks(turn: Turn, node: PlanNode, current: string | null, iteration: string): boolean {
  if (current === null) return true;
  // Same pass, same iteration: the rest of the key is the node id.
  const currentId = iteration === "" ? current : current.slice(0, -(iteration.length + 2));
  return node.resultRank > (turn.plan.nodes.get(currentId)?.resultRank ?? -1);
}
