import type { Spec } from "./document";
import { sameJson, withoutKeys } from "./json-guard";
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
 * Approvals that `live` asks for and `other` does not: they are missing there, ask other people or otherwise, or a step that acts and
 * comes after them in `live` is reached without them.
 */
export function lostApprovals(live: Spec, other: Spec, definitions: StepDefinitions): LostApproval[] {
  const [asked, offered] = [indexSpec(live, definitions), indexSpec(other, definitions)];
  return [...asked.nodes.values()].filter(isApproval).flatMap((approval) => {
    const { id, name } = approval.node;
    const same = offered.nodes.get(id);
    const stands = same !== undefined && isApproval(same) && sameJson(contentOf(same), contentOf(approval));
    if (stands && !isGoneAround(id, asked, offered)) return [];
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
