import type { Spec } from "./document";
import { sameJson, withoutKeys } from "@/core/json-guard";
import { indexSpec, type IndexedNode, type SpecIndex } from "./spec-index";
import type { StepDefinitions } from "./step-definition";
import type { JsonObject } from "@/core/json";

export interface LostApproval {
  id: string;
  name: string;
}

/** How a step is written and drawn changes nothing of what it asks. */
const asideKeys: ReadonlySet<string> = new Set(["name", "note", "ui", "x-source"]);

/**
 * Approvals that `live` asks for and `other` does not: they are missing there, ask other people or otherwise, what decides whether they
 * are asked is written otherwise, or a step that acts and comes after them in `live` is reached without them.
 */
export function lostApprovals(live: Spec, other: Spec, definitions: StepDefinitions): LostApproval[] {
  const [asked, offered] = [indexSpec(live, definitions), indexSpec(other, definitions)];
  return [...asked.nodes.values()].filter(isApproval).flatMap((approval) => {
    const { id, name } = approval.node;
    const same = offered.nodes.get(id);
    const stands = same !== undefined && isApproval(same) && sameJson(contentOf(same), contentOf(approval));
    if (stands && !isGoneAround(id, asked, offered) && isReachedAlike(id, asked, offered)) return [];
    return [{ id, name: name ?? approval.definition?.title ?? id }];
  });
}

function isApproval({ definition, node }: IndexedNode): boolean {
  return definition?.answeredWith === "approvals:decide" && node.disabled !== true;
}

function contentOf({ node }: IndexedNode): JsonObject {
  // Imported from JSON and so JSON; its type only leaves fields open.
  return withoutKeys(node as unknown as JsonObject, asideKeys);
}

/** Whether what decides when the approval is asked is written the same in both. */
function isReachedAlike(approvalId: string, asked: SpecIndex, offered: SpecIndex): boolean {
  return [...leadingTo(approvalId, asked)].every((id) => {
    const here = asked.nodes.get(id);
    if (here?.definition?.kind !== "pure") return true;
    const there = offered.nodes.get(id);
    return there !== undefined && sameJson(contentOf(here), contentOf(there));
  });
}

/** The steps that a run may have passed when it comes to this one. */
function leadingTo(target: string, index: SpecIndex): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [target];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const scope = index.nodes.get(id)?.scope;
    if (!scope) continue;
    const before = scope.edges.flatMap(({ from, to }) => (to === id ? [from] : []));
    for (const each of [...before, ...(scope.container ? [scope.container.node.id] : [])]) {
      if (found.has(each)) continue;
      found.add(each);
      queue.push(each);
    }
  }
  return found;
}

function isGoneAround(approvalId: string, asked: SpecIndex, offered: SpecIndex): boolean {
  const without = reachedWithout(approvalId, asked);
  const now = reachedWithout(approvalId, offered);
  return [...reachedWithout(null, asked)].some(
    (id) => asked.nodes.get(id)?.definition?.kind === "effect" && !without.has(id) && now.has(id),
  );
}

/** Every step that a run may come to when it never passes the one that is named. */
function reachedWithout(barred: string | null, index: SpecIndex): ReadonlySet<string> {
  const reached = new Set<string>();
  const bodies = new Map(index.scopes.map((scope) => [scope.container?.node.id ?? null, scope]));
  const queue = [index.spec.startNodeId];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const found = index.nodes.get(id);
    if (!found || id === barred || reached.has(id)) continue;
    reached.add(id);
    for (const { from, to } of found.scope.edges) if (from === id) queue.push(to);
    const body = bodies.get(id);
    if (body) queue.push(body.startNodeId);
  }
  return reached;
}
