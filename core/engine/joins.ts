import { adoptRecord, takeRecord } from "./adopt";
import { nodeKey, scopeKey } from "./node-keys";
import type { PlanNode } from "./plan";
import { openNode, type ScopePass, type Turn } from "./turn";
import { takeHandle } from "./edges";

/** A scope begins with its start node. */
export function startScope(turn: Turn, pass: ScopePass): void {
  const startNodeId = turn.plan.scopes.get(pass.scopeId)?.startNodeId;
  const node = startNodeId === undefined ? undefined : turn.plan.nodes.get(startNodeId);
  if (node) activate(turn, node, pass.iteration);
}

/**
 * One in-edge of a node is decided. `all` waits for every edge and runs when one was taken; `any` runs on the first taken
 * edge and ignores the rest; with every edge dead the node is skipped. Each node is decided once.
 */
export function decideEdge(turn: Turn, nodeId: string, iteration: string, taken: boolean): void {
  const node = turn.plan.nodes.get(nodeId);
  const key = nodeKey(nodeId, iteration);
  if (!node || turn.state.nodes[key]) return;
  // The pass was given up while this edge stood in the queue (a journal tells of several steps at once).
  if (!turn.state.scopes[scopeKey(node.scopeId, iteration)]) return;
  const join = turn.state.joins[key] ?? { decided: 0, taken: 0 };
  join.decided += 1;
  if (taken) join.taken += 1;
  const allDecided = join.decided === node.incoming.length;
  if (!allDecided && !(taken && node.join === "any")) {
    turn.state.joins[key] = join;
    return;
  }
  delete turn.state.joins[key];
  if (join.taken > 0) activate(turn, node, iteration);
  else skip(turn, node, iteration);
}

function activate(turn: Turn, node: PlanNode, iteration: string): void {
  const key = nodeKey(node.id, iteration);
  const record = takeRecord(turn, key);
  if (node.disabled) {
    markSkipped(turn, node, iteration, record?.status === "skipped", node.defaultHandle);
    takeHandle(turn, node, iteration, node.defaultHandle);
    return;
  }
  if (record && adoptRecord(turn, node, record)) return;
  openNode(turn, node, iteration, { status: "running", attempt: 1 });
  const target = { key, nodeId: node.id, iteration };
  turn.commands.push(
    node.kind === "container" ? { type: "openContainer", ...target } : { type: "runStep", ...target, attempt: 1 },
  );
}

/** A dead path goes through the node to everything behind it. */
function skip(turn: Turn, node: PlanNode, iteration: string): void {
  const record = takeRecord(turn, nodeKey(node.id, iteration));
  markSkipped(turn, node, iteration, record?.status === "skipped");
  takeHandle(turn, node, iteration, null);
}

function markSkipped(turn: Turn, node: PlanNode, iteration: string, recorded: boolean, handle?: string): void {
  const key = nodeKey(node.id, iteration);
  turn.state.nodes[key] =
    handle === undefined ? { status: "skipped", attempt: 0 } : { status: "skipped", attempt: 0, handle };
  if (!recorded) turn.commands.push({ type: "recordSkipped", key, nodeId: node.id, iteration });
}
