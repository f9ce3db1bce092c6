import { descendants } from "@/core/engine/descendants";
import type { Plan } from "@/core/engine/plan";

/** Everything that a run may come to from these steps, themselves and what is inside of them included; never past the barred one. */
export function onward(plan: Plan, first: readonly string[], barred?: string): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [...first];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === barred || found.has(id)) continue;
    found.add(id);
    for (const targets of plan.nodes.get(id)?.outgoing.values() ?? []) queue.push(...targets);
    queue.push(...(plan.scopes.get(id)?.nodeIds ?? []));
  }
  return found;
}

/**
 * Whether nothing that waits for the approval is done without it when the run goes on from this step. Inside a loop nobody knows:
 * it may be asked in one pass and not in another.
 */
export function surelyComesTo(plan: Plan, from: string, approval: string): boolean {
  if (plan.nodes.get(approval)?.scopeId !== "") return false;
  const first = [from];
  for (let id = plan.nodes.get(from)?.scopeId ?? ""; id !== ""; id = plan.nodes.get(id)?.scopeId ?? "")
    for (const targets of plan.nodes.get(id)?.outgoing.values() ?? []) first.push(...targets);
  if (!onward(plan, first).has(approval)) return false;
  const without = onward(plan, first, approval);
  return [...descendants(plan, approval)].every((id) => !without.has(id));
}
