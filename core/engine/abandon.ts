import { innerIteration, nodeKey, scopeKey } from "./node-keys";
import { isOpen, type ScopePass, type Turn } from "./turn";

/** Cancels whatever is open in one pass through a scope, containers with all their iterations. */
export function abandonPass(turn: Turn, pass: ScopePass): void {
  const key = scopeKey(pass.scopeId, pass.iteration);
  if (!turn.state.scopes[key]) return;
  turn.abandoned = true;
  delete turn.state.scopes[key];
  for (const nodeId of turn.plan.scopes.get(pass.scopeId)?.nodeIds ?? []) abandonNode(turn, nodeId, pass.iteration);
}

function abandonNode(turn: Turn, nodeId: string, iteration: string): void {
  const key = nodeKey(nodeId, iteration);
  delete turn.state.joins[key];
  const state = turn.state.nodes[key];
  if (!state || !isOpen(state)) return;
  state.status = "cancelled";
  delete state.waitingFor;
  turn.commands.push({ type: "cancelStep", key, nodeId, iteration });
  if (!state.loop) return;
  delete state.loop.phase;
  for (let index = 0; index < state.loop.next; index += 1)
    abandonPass(turn, { scopeId: nodeId, iteration: innerIteration(iteration, index) });
}
