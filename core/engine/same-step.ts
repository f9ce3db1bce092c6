import { sameJson } from "@/core/json-guard";
import type { SpecNode } from "@/core/workflow/document";
import { descendants } from "./descendants";
import type { Plan, PlanNode } from "./plan";

/** How a step is called and drawn, and how often it is tried: it does the same whatever these say. What is inside of it is compared by itself. */
const beside: ReadonlySet<string> = new Set(["name", "note", "result", "ui", "x-source", "retry", "timeoutMs", "body"]);

/** Two versions of a workflow. */
export interface Versions {
  from: Plan;
  to: Plan;
}

/** Whether a step is in both versions and does the same, given the same values. */
export function sameStep(versions: Versions, id: string): boolean {
  const [one, other] = [versions.from.nodes.get(id), versions.to.nodes.get(id)];
  if (!one || !other || !sameJson(told(one.node), told(other.node))) return false;
  const changed = changedVariables(versions);
  return changed.length === 0 || !namesOne(told(one.node), ["vars", ...changed]);
}

/** Variables of the workflow, by name, that do not have the same value in both. */
function changedVariables({ from, to }: Versions): string[] {
  const [before, now] = [from.config.variables, to.config.variables];
  return Object.keys({ ...before, ...now }).filter((name) => !sameJson(before[name], now[name]));
}

/** Expressions read variables by their bare names too. */
function namesOne(node: Record<string, unknown>, names: readonly string[]): boolean {
  const words = new Set(JSON.stringify(node).split(/[^\p{L}\p{N}_]+/u));
  return names.some((name) => words.has(name));
}

/** Whether all that may follow a node does the same, in the same order, in two versions. */
export function sameBehind(versions: Versions, nodeId: string): boolean {
  const [before, now] = [descendants(versions.from, nodeId), descendants(versions.to, nodeId)];
  return (
    before.size === now.size &&
    [...before].every((id) => now.has(id) && sameStep(versions, id) && sameIncoming(versions, id))
  );
}

/** Whether a container and what is inside of it are built the same way; what the steps inside of it do may differ. */
export function sameBuild(versions: Versions, containerId: string): boolean {
  const [before, now] = [versions.from.scopes.get(containerId), versions.to.scopes.get(containerId)];
  return (
    sameStep(versions, containerId) &&
    before?.startNodeId === now?.startNodeId &&
    before?.nodeIds.length === now?.nodeIds.length &&
    before?.nodeIds.every((id) => sameIncoming(versions, id)) === true
  );
}

/** Whether a node is in both versions, and come to from the same places. */
function sameIncoming({ from, to }: Versions, id: string): boolean {
  const [one, other] = [from.nodes.get(id), to.nodes.get(id)];
  return (
    one !== undefined &&
    other !== undefined &&
    one.join === other.join &&
    sameJson(placesBefore(one), placesBefore(other))
  );
}

function placesBefore({ incoming }: PlanNode): string[] {
  return incoming.map(({ from, handle }) => `${from} ${handle}`).toSorted();
}

function told(node: SpecNode): Record<string, unknown> {
  return Object.fromEntries(Object.entries(node).filter(([field]) => !beside.has(field)));
}
