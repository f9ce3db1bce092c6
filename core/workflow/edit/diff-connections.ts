import type { SpecEdge } from "@/core/workflow/document";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { PlacedStep } from "./diff-steps";
import { stepName } from "./diff-steps";
import type { DocumentChange } from "./document-changes";
import type { EditScope } from "./edit-session";
import { bodyOf } from "./edit-session";
import { handlesOf } from "./node-handles";

interface Side {
  scope: EditScope;
  steps: ReadonlyMap<string, PlacedStep>;
}

/** Connections that came, went, or lead elsewhere now, and where the parts begin. */
export function diffConnections(before: Side, after: Side, definitions: StepDefinitions): DocumentChange[] {
  const [was, is] = [before, after].map(({ scope, steps }) => allEdges(scope, steps, definitions));
  if (was === undefined || is === undefined) return [];
  const gone = [...was].flatMap(([key, edge]) => (is.has(key) ? [] : [edge]));
  const come = [...is].flatMap(([key, edge]) => (was.has(key) ? [] : [edge]));
  const redirected = come.flatMap((edge) => {
    const from = only(gone, edge);
    return from !== null && only(come, edge) === edge ? [{ from, edge }] : [];
  });
  const moved = new Set(redirected.flatMap(({ from, edge }) => [from, edge]));
  return [
    ...redirected.map(({ from, edge }) => changed(from, edge, before.steps, after.steps, definitions)),
    ...come.filter((edge) => !moved.has(edge)).map((edge) => single("added", edge, after.steps, definitions)),
    ...gone.filter((edge) => !moved.has(edge)).map((edge) => single("removed", edge, before.steps, definitions)),
    ...diffStarts(before, after, definitions),
  ];
}

function single(
  kind: "added" | "removed",
  edge: SpecEdge,
  steps: ReadonlyMap<string, PlacedStep>,
  definitions: StepDefinitions,
): DocumentChange {
  return {
    kind,
    subject: "connection",
    id: keyOf(edge),
    text: `Connection ${way(edge, steps, definitions)} was ${kind}`,
    fields: [],
  };
}

function changed(
  from: SpecEdge,
  edge: SpecEdge,
  before: ReadonlyMap<string, PlacedStep>,
  after: ReadonlyMap<string, PlacedStep>,
  definitions: StepDefinitions,
): DocumentChange {
  return {
    kind: "changed",
    subject: "connection",
    id: keyOf(edge),
    text: `${stepName(after, edge.from)}${branch(edge, after, definitions)} led to ${stepName(before, from.to)}, now to ${stepName(after, edge.to)}`,
    fields: [{ path: "to", label: "Leads to", before: from.to, after: edge.to }],
  };
}

/** "Approval → Notify, when rejected" */
function way(edge: SpecEdge, steps: ReadonlyMap<string, PlacedStep>, definitions: StepDefinitions): string {
  return `${stepName(steps, edge.from)} → ${stepName(steps, edge.to)}${branch(edge, steps, definitions)}`;
}

/** The usual way out goes without saying. */
function branch(edge: SpecEdge, steps: ReadonlyMap<string, PlacedStep>, definitions: StepDefinitions): string {
  const node = steps.get(edge.from)?.node;
  const handles = node === undefined ? [] : handlesOf(node, definitions);
  const handle = handles.find(({ id }) => id === edge.case);
  const alone = handles.filter(({ id }) => id !== "error").length === 1;
  if (edge.case === "out" || (handle?.unlabelled === true && alone)) return "";
  return ` (${handle?.label ?? edge.case})`;
}

function diffStarts(before: Side, after: Side, definitions: StepDefinitions): DocumentChange[] {
  const was = starts(before, definitions);
  return [...starts(after, definitions)].flatMap(([container, start]): DocumentChange[] => {
    const old = was.get(container);
    if (old === undefined || old === start) return [];
    const where = container === "" ? "The workflow" : stepName(after.steps, container);
    const words = (id: string, side: Side): string => (id === "" ? "nothing" : stepName(side.steps, id));
    return [
      {
        kind: "changed",
        subject: "setting",
        id: container === "" ? "start" : `${container}.start`,
        text: `${where} began with ${words(old, before)}, now with ${words(start, after)}`,
        fields: [{ path: "startNodeId", label: "First step", before: old, after: start }],
      },
    ];
  });
}

/** The first step of the workflow (empty key) and of each body. */
function starts({ scope, steps }: Side, definitions: StepDefinitions): Map<string, string> {
  const found = new Map([["", scope.startNodeId]]);
  for (const [id, { node }] of steps) {
    const body = bodyOf(node, definitions);
    if (body !== null) found.set(id, body.startNodeId);
  }
  return found;
}

function allEdges(
  scope: EditScope,
  steps: ReadonlyMap<string, PlacedStep>,
  definitions: StepDefinitions,
): Map<string, SpecEdge> {
  const bodies = [...steps.values()].flatMap(({ node }) => bodyOf(node, definitions) ?? []);
  return new Map([scope, ...bodies].flatMap(({ edges }) => edges.map((edge) => [keyOf(edge), edge])));
}

function keyOf({ from, case: handle, to }: SpecEdge): string {
  return `${from}:${handle}:${to}`;
}

/** The one edge that leaves by the same way out. */
function only(edges: readonly SpecEdge[], like: SpecEdge): SpecEdge | null {
  const found = edges.filter(({ from, case: handle }) => from === like.from && handle === like.case);
  return found.length === 1 ? (found[0] ?? null) : null;
}
