import type { Spec } from "./document";
import type { IndexedNode, SpecIndex } from "./spec-index";
import { indexSpec } from "./spec-index";
import type { StepDefinitions } from "./step-definition";

const shown = 3;

/**
 * What follows when a node is left by a handle, to be put after "Approving": "runs Execute upgrade
 * (stripe.subscription.update), then Send confirmation". Looks ahead a few steps, up to the next branch or wait.
 */
export function whatHappensNext(spec: Spec, definitions: StepDefinitions, nodeId: string, handle: string): string {
  const index = indexSpec(spec, definitions);
  const node = index.nodes.get(nodeId);
  if (node === undefined) return "does nothing more";
  const first = targetsOf(node, handle);
  if (first.length === 0) return unconnected(node, handle, index);
  const steps: IndexedNode[][] = [];
  const seen = new Set<IndexedNode>([node]);
  for (let next = first; next.length > 0 && steps.length < shown;) {
    if (next.some((step) => seen.has(step))) break;
    for (const step of next) seen.add(step);
    steps.push(next);
    const [only] = next;
    next = next.length === 1 && only !== undefined && goesStraightOn(only) ? usualTargets(only) : [];
  }
  return sentence(steps);
}

function sentence(steps: readonly IndexedNode[][]): string {
  const [first] = steps;
  const [ending] = first ?? [];
  if (first?.length === 1 && ending?.definition?.endsRun === true) return `ends the run: ${spoken(ending)}`;
  const acting = steps.filter((group) => !group.every(({ definition }) => definition?.endsRun === true));
  return `runs ${acting.map((group) => group.map(spoken).join(" and ")).join(", then ")}`;
}

/** The name people gave it; where an action runs, the action too. */
function spoken({ node, definition, config }: IndexedNode): string {
  if (definition === null || config === undefined) return node.name ?? node.id;
  const action = definition.action?.(config).id;
  if (node.name === undefined)
    return definition.endsRun === true
      ? definition.summary(config)
      : `${definition.title} (${definition.summary(config)})`;
  return action === undefined ? node.name : `${node.name} (${action})`;
}

function unconnected({ handles, scope }: IndexedNode, handle: string, index: SpecIndex): string {
  if (handles?.find(({ id }) => id === handle)?.failsUnconnected === true)
    return "fails the run, since nothing else is connected";
  const { container } = scope;
  return container === null || !index.nodes.has(container.node.id)
    ? "ends the run"
    : `ends this turn of ${spoken(container)}`;
}

/** A step with one thing to do next: no branch, and nobody to wait for. */
function goesStraightOn({ definition, outgoing }: IndexedNode): boolean {
  return definition?.kind !== "wait" && [...outgoing.keys()].filter((handle) => handle !== "error").length === 1;
}

function usualTargets(node: IndexedNode): IndexedNode[] {
  return targetsOf(node, node.definition?.implicitCase ?? "out");
}

function targetsOf({ scope, outgoing }: IndexedNode, handle: string): IndexedNode[] {
  return (outgoing.get(handle) ?? []).flatMap(({ to }) => scope.byId.get(to) ?? []);
}
