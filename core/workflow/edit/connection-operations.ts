import type { SpecEdge, SpecNode } from "@/core/workflow/document";
import { suggestion } from "@/core/nearest";
import { sourceField } from "@/core/workflow/source-record";
import type { EditSession } from "./edit-session";
import {
  calledNode,
  edgesOf,
  findNode,
  insertEdges,
  linksOf,
  removeEdges,
  replaceScope,
  scopeAt,
  spellingOf,
} from "./edit-session";
import { handlesOf } from "./node-handles";
import type { Operation } from "./operation";
import type { OperationOf, Outcome } from "./outcome";
import { unknownContainer, unknownStep } from "./outcome";
import { leadsTo } from "./scope-links";

export function connect(session: EditSession, operation: OperationOf<"connect">): Outcome {
  const { from, to, case: handle, restored } = operation;
  const loose = restored?.loose === true;
  const container = loose ? restored.container : session.places.get(from);
  const problem = loose ? null : connectProblem(session, operation);
  if (problem !== null) return { reason: problem };
  const scope = container === undefined ? null : scopeAt(session, container);
  if (container === undefined || scope === null) return unknownContainer(container ?? null);
  if (loose) session.circular.set(container, true);
  const edge: SpecEdge = { from, to, case: handle, ...sourceField(restored?.source ?? {}) };
  const index = Math.min(operation.index ?? scope.edges.length, scope.edges.length);
  insertEdges(session, container, [{ edge, index }]);
  return { inverse: [{ op: "disconnect", from, case: handle, to, index }] };
}

export function disconnect(session: EditSession, operation: OperationOf<"disconnect">): Outcome {
  const { from, to, case: handle, index } = operation;
  const matches = (edge: SpecEdge | undefined): boolean =>
    edge !== undefined && edge.from === from && edge.to === to && edge.case === handle;
  // A connection that came with an import may have no step at its ends.
  const home = session.places.get(from) ?? null;
  const containers = [home, ...new Set(session.places.values()), null];
  for (const container of containers) {
    const edges = scopeAt(session, container)?.edges ?? [];
    const edge = index !== undefined && matches(edges[index]) ? edges[index] : edges.find(matches);
    if (edge === undefined) continue;
    return { inverse: restoringEdges(session, removeEdges(session, container, new Set([edge])), container) };
  }
  return { reason: `"${from}" and "${to}" are not connected by "${handle}" any more.` };
}

export function setStart(session: EditSession, operation: OperationOf<"set_start">): Outcome {
  const { container, id, restored } = operation;
  const scope = scopeAt(session, container);
  if (scope === null) return unknownContainer(container);
  if (restored !== true && id !== "" && session.places.get(id) !== container)
    return session.places.has(id)
      ? { reason: `"${id}" is not a step of this part, so it cannot begin with it.` }
      : unknownStep(id);
  const { startNodeId } = scope;
  const inverse = startingAt(
    startNodeId,
    container,
    startNodeId === "" || session.places.get(startNodeId) === container,
  );
  if (scope.startNodeId !== id) replaceScope(session, container, { startNodeId: id });
  return { inverse: [inverse] };
}

/** Puts connections back as they stood. To be asked after they were taken away and before their steps are. */
export function restoringEdges(
  session: EditSession,
  removed: readonly { edge: SpecEdge; index: number }[],
  container: string | null,
): Operation[] {
  const seen = new Set<string>();
  return removed.map(({ edge, index }) => {
    const { from, to, case: handle } = edge;
    const key = `${from}\n${handle}\n${to}`;
    const loose = seen.has(key) || isLoose(session, container, edge);
    seen.add(key);
    const source = spellingOf(edge);
    const restored = { container, ...(source === undefined ? {} : { source }), ...(loose ? { loose } : {}) };
    return { op: "connect", from, case: handle, to, index, restored };
  });
}

/** `there`: it is a step of that part, so it must be one when it is begun with again. */
export function startingAt(id: string, container: string | null, there: boolean): Operation {
  return { op: "set_start", container, id, ...(there ? {} : { restored: true }) };
}

/** Nobody could draw this connection: only an import brings it. */
function isLoose(session: EditSession, container: string | null, edge: SpecEdge): boolean {
  const { from, to, case: handle } = edge;
  const { places, definitions } = session;
  if (places.get(from) !== container || places.get(to) !== container || from === to) return true;
  if (session.circular.get(container) === true || isConnected(session, container, edge)) return true;
  const source = findNode(session, from);
  return source === null || !handlesOf(source, definitions).some(({ id }) => id === handle);
}

/** The connection that this operation draws is there already. */
export function isConnected(session: EditSession, container: string | null, edge: SpecEdge): boolean {
  return edgesOf(session, container, edge.from).some(({ to, case: handle }) => to === edge.to && handle === edge.case);
}

function connectProblem(session: EditSession, { from, to, case: handle }: OperationOf<"connect">): string | null {
  const source = findNode(session, from);
  const target = findNode(session, to);
  if (source === null) return unknownStep(from).reason;
  if (target === null) return unknownStep(to).reason;
  if (from === to) return `${calledNode(source)} cannot be connected to itself. Use a Loop to repeat steps.`;
  const container = session.places.get(from) ?? null;
  if (session.places.get(to) !== container)
    return `${calledNode(source)} and ${calledNode(target)} are not in the same part: connections never cross the border of a loop.`;
  if (isConnected(session, container, { from, to, case: handle }))
    return `${calledNode(source)} is connected to ${calledNode(target)} already.`;
  const unknown = unknownHandle(session, source, handle);
  if (unknown !== null) return unknown;
  return leadsTo(linksOf(session, container), to, from)
    ? `${calledNode(target)} comes before ${calledNode(source)}, so the steps would go in a circle. Use a Loop to repeat steps.`
    : null;
}

function unknownHandle(session: EditSession, source: SpecNode, handle: string): string | null {
  const ways = handlesOf(source, session.definitions).map(({ id }) => id);
  if (ways.includes(handle)) return null;
  if (ways.length === 0) return `Nothing can follow ${calledNode(source)}.`;
  return `${calledNode(source)} has no way out "${handle}".${suggestion(handle, ways)} It has: ${ways.slice(0, 30).join(", ")}.`;
}
