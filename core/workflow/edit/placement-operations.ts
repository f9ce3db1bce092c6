import type { JsonObject } from "@/core/json";
import type { SpecNode } from "@/core/workflow/document";
import { isJsonObject, sameJson } from "@/core/json-guard";
import { restoringEdges, startingAt } from "./connection-operations";
import type { EditSession } from "./edit-session";
import { calledNode, displace, findNode, idsIn, place, removeEdges, replaceScope, scopeAt } from "./edit-session";
import { nodeProblem, wordTaken } from "./node-problem";
import { insertNode, touching } from "./node-operations";
import type { OperationOf, Outcome } from "./outcome";
import { unknownContainer, unknownStep } from "./outcome";

type Move = OperationOf<"move_nodes">["moves"][number];

export function moveNodes(session: EditSession, { moves }: OperationOf<"move_nodes">): Outcome {
  // Somebody may have removed one of many; the others are moved all the same. The last word on a step counts.
  const wanted = new Map(moves.filter(({ id }) => session.places.has(id)).map((move) => [move.id, move]));
  if (wanted.size === 0) return unknownStep(moves[0]?.id ?? "");
  const scopes = new Set([...wanted.keys()].map((id) => session.places.get(id) ?? null));
  const back: Move[] = [];
  // Inner scopes are part of their containers, and a container that is moved too must be read after its inside was written.
  for (const container of [...scopes].sort((left, right) => depth(session, right) - depth(session, left))) {
    const scope = scopeAt(session, container);
    if (scope === null) continue;
    const nodes = scope.nodes.map((node) => {
      const move = wanted.get(node.id);
      const moved = move === undefined ? node : movedTo(node, move);
      if (moved !== node) back.push(wayBack(node, moved));
      return moved;
    });
    replaceScope(session, container, { nodes });
  }
  return { inverse: back.length === 0 ? [] : [{ op: "move_nodes", moves: back }] };
}

export function nestNode(session: EditSession, operation: OperationOf<"nest_node">): Outcome {
  const { id, container } = operation;
  const home = session.places.get(id);
  const from = home === undefined ? null : scopeAt(session, home);
  const node = findNode(session, id);
  if (home === undefined || from === null || node === null) return unknownStep(id);
  const target = scopeAt(session, container);
  if (target === null) return unknownContainer(container);
  if (home === container) return { reason: `${calledNode(node)} is there already.` };
  if (container !== null && idsIn(node, session.definitions).includes(container))
    return { reason: `${calledNode(node)} cannot be put inside itself.` };
  const problem = nestProblem(session, node, container);
  if (problem !== null) return { reason: problem };
  const position = from.nodes.indexOf(node);
  const waiting = touching(session, container, target, id);
  const removed = removeEdges(session, home, new Set(touching(session, home, from, id).map(({ edge }) => edge)));
  const put = [...restoringEdges(session, removed, home), ...restoringEdges(session, waiting, container)];
  const start = from.startNodeId === id;
  displace(session, node);
  replaceScope(session, home, { nodes: from.nodes.toSpliced(position, 1), ...(start ? { startNodeId: "" } : {}) });
  const moved = movedTo(node, { id, x: operation.x, y: operation.y });
  const inside = scopeAt(session, container);
  if (inside !== null) insertNode(session, container, inside, moved, operation.index);
  const back = wayBack(node, moved);
  return {
    inverse: [
      { op: "nest_node", id, container: home, x: back.x, y: back.y, index: position },
      ...(back.ui === undefined ? [] : [{ op: "move_nodes" as const, moves: [back] }]),
      ...put,
      ...(start ? [startingAt(id, home, true)] : []),
      ...(target.startNodeId === id ? [startingAt(id, container, false)] : []),
    ],
  };
}

/** It is read in its new place as it was in the old one. */
function nestProblem(session: EditSession, node: SpecNode, container: string | null): string | null {
  const scope = scopeAt(session, container);
  const home = session.places.get(node.id) ?? null;
  session.places.delete(node.id);
  const problem =
    nodeProblem(session, node, container, "with_body") ??
    (scope === null ? null : wordTaken(session, node.id, scope, container));
  place(session, [node], home);
  return problem;
}

function depth(session: EditSession, container: string | null): number {
  let levels = 0;
  for (let at = container; at !== null; at = session.places.get(at) ?? null) levels += 1;
  return levels;
}

function movedTo(node: SpecNode, move: Move): SpecNode {
  const ui = move.ui === undefined ? placedUi(node.ui, move) : (move.ui ?? undefined);
  if (sameJson(ui, node.ui)) return node;
  if (ui !== undefined) return { ...node, ui };
  const { ui: _gone, ...rest } = node;
  return rest;
}

function placedUi(ui: JsonObject | undefined, { x, y }: Move): JsonObject | undefined {
  if (x !== null && y !== null) return { ...ui, position: { x, y } };
  if (ui === undefined) return undefined;
  const { position: _gone, ...rest } = ui;
  return Object.keys(rest).length === 0 ? undefined : rest;
}

/** From `moved` back to `node`: by its position where that says it all, else with everything the canvas kept. */
function wayBack(node: SpecNode, moved: SpecNode): Move {
  const position = node.ui?.["position"];
  const { x, y } = isJsonObject(position) ? position : { x: null, y: null };
  const plain: Move = {
    id: node.id,
    x: typeof x === "number" && typeof y === "number" ? x : null,
    y: typeof x === "number" && typeof y === "number" ? y : null,
  };
  return sameJson(placedUi(moved.ui, plain), node.ui) ? plain : { ...plain, ui: node.ui ?? null };
}
