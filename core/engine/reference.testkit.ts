import { nodeKey } from "./node-keys";
import type { Plan, PlanNode } from "./plan";
import type { NodeKey } from "./protocol";
import type { Policy } from "./simulate.testkit";

/** How a node of the document must end. */
export interface Expected {
  status: "completed" | "failed" | "skipped";
  handle: string | null;
}

interface ScopeOutcome {
  nodes: Map<string, Expected>;
  failed: boolean;
  result: NodeKey | null;
  /** Results of each container that completed, by key. */
  results: Map<NodeKey, (NodeKey | null)[]>;
}

/**
 * What a run comes to, told without events, queues or order: one pass over each scope in topological order. Written to
 * be obviously right, to compare the engine with. Good only for runs that cannot fail or end as a whole.
 */
export function expectedOutcome(plan: Plan, policy: Policy): ScopeOutcome {
  return scopeOutcome(plan, policy, "", "");
}

function scopeOutcome(plan: Plan, policy: Policy, scopeId: string, iteration: string): ScopeOutcome {
  const outcome: ScopeOutcome = { nodes: new Map(), failed: false, result: null, results: new Map() };
  const scope = plan.scopes.get(scopeId);
  for (const id of scope?.order ?? []) {
    const node = plan.nodes.get(id);
    if (!node) continue;
    const wanted =
      id === scope?.startNodeId || node.incoming.some((edge) => outcome.nodes.get(edge.from)?.handle === edge.handle);
    outcome.nodes.set(
      id,
      wanted ? nodeOutcome(plan, policy, node, iteration, outcome) : { status: "skipped", handle: null },
    );
  }
  for (const id of scope?.leaves ?? [])
    if (outcome.nodes.get(id)?.status === "completed") outcome.result = nodeKey(id, iteration);
  return outcome;
}

function nodeOutcome(plan: Plan, policy: Policy, node: PlanNode, iteration: string, scope: ScopeOutcome): Expected {
  if (node.disabled) return { status: "skipped", handle: node.defaultHandle };
  const handle =
    node.kind === "container" ? loopHandle(plan, policy, node, iteration, scope) : stepHandle(policy, node, iteration);
  if (handle === "unconnected") {
    scope.failed = true;
    return { status: "failed", handle: null };
  }
  if (handle !== null) return { status: "completed", handle };
  if (node.outgoing.has("error")) return { status: "failed", handle: "error" };
  if (node.onError === "continue") return { status: "failed", handle: node.defaultHandle };
  scope.failed = true;
  return { status: "failed", handle: null };
}

/** null: failed for good. */
function stepHandle(policy: Policy, node: PlanNode, iteration: string): string | null {
  const key = nodeKey(node.id, iteration);
  for (let attempt = 1; ; attempt += 1) {
    const answer = policy.step({ type: "runStep", key, nodeId: node.id, iteration, attempt });
    if (answer.type === "stepCompleted") {
      const handle = answer.handle ?? node.defaultHandle;
      return answer.failUnconnected && !node.outgoing.has(handle) ? "unconnected" : handle;
    }
    const triesInTotal = node.kind === "pure" ? 1 : 3;
    if (answer.error.class === "other" || attempt === triesInTotal) return null;
  }
}

function loopHandle(plan: Plan, policy: Policy, node: PlanNode, iteration: string, scope: ScopeOutcome): string | null {
  const key = nodeKey(node.id, iteration);
  const items = policy.items?.(key);
  if (!items || "type" in items) return null;
  const results: (NodeKey | null)[] = [];
  for (let index = 0; items.count === null || index < items.count; index += 1) {
    const item = scopeOutcome(plan, policy, node.id, iteration === "" ? String(index) : `${iteration}.${index}`);
    if (item.failed && items.onItemError === "fail") return null;
    results.push(item.failed ? null : item.result);
    for (const [inner, list] of item.results) scope.results.set(inner, list);
    if (items.count === null && (index + 1 >= (items.max ?? Number.POSITIVE_INFINITY) || !policy.again?.(key, index)))
      break;
  }
  scope.results.set(key, results);
  return node.defaultHandle;
}
