import { nodeKey, scopeKey } from "./node-keys";
import type { Plan, PlanNode } from "./plan";
import type { EngineCommand, Failure, NodeState, RunState, ScopeState } from "./protocol";

/** One call of `advance` at work: what it has decided and what is left to follow up. */
export interface Turn {
  plan: Plan;
  state: RunState;
  commands: EngineCommand[];
  /** First in, first out. A queue and not recursion: a chain of 2,000 skipped nodes must not exhaust the stack. */
  tasks: Task[];
  /** Index of the first task not done yet. */
  nextTask: number;
  /** Passes that may have come to rest; looked at when no task is left. */
  resting: ScopePass[];
  /** Something was cancelled in this turn: commands issued earlier in it may be void. */
  abandoned: boolean;
}

export interface ScopePass {
  scopeId: string;
  iteration: string;
}

export type Task =
  | { type: "startScope"; pass: ScopePass }
  | { type: "edge"; nodeId: string; iteration: string; taken: boolean }
  | { type: "scopeFailed"; pass: ScopePass; failure: Failure };

export function newTurn(plan: Plan, state: RunState): Turn {
  return { plan, state, commands: [], tasks: [], nextTask: 0, resting: [], abandoned: false };
}

export function isOpen(node: NodeState | undefined): boolean {
  return node !== undefined && (node.status === "running" || node.status === "waiting" || node.status === "pending");
}

/** Puts a node to work: its pass cannot come to rest before it is closed. */
export function openNode(turn: Turn, node: PlanNode, iteration: string, state: NodeState): void {
  turn.state.nodes[nodeKey(node.id, iteration)] = state;
  const pass = turn.state.scopes[scopeKey(node.scopeId, iteration)];
  if (pass) pass.open += 1;
}

/** The node's work is over, one way or the other; the caller has set its status. */
export function closeNode(turn: Turn, node: PlanNode, iteration: string): void {
  const pass = turn.state.scopes[scopeKey(node.scopeId, iteration)];
  if (!pass) return;
  pass.open -= 1;
  if (pass.open === 0) turn.resting.push({ scopeId: node.scopeId, iteration });
}

export function openScope(turn: Turn, pass: ScopePass): void {
  const fresh: ScopeState = { open: 0, result: null };
  turn.state.scopes[scopeKey(pass.scopeId, pass.iteration)] = fresh;
  turn.tasks.push({ type: "startScope", pass });
  // A body of disabled nodes only never opens anything.
  turn.resting.push(pass);
}
