import type { NodeKey } from "./protocol";

/** `("ask", "2.0")` -> `ask[2.0]`; no iteration: the id itself. */
export function nodeKey(nodeId: string, iteration: string): NodeKey {
  return iteration === "" ? nodeId : `${nodeId}[${iteration}]`;
}

/** The node id and iteration of a key. Ids never contain `[`. */
export function splitNodeKey(key: NodeKey): { nodeId: string; iteration: string } {
  const bracket = key.indexOf("[");
  return bracket < 0
    ? { nodeId: key, iteration: "" }
    : { nodeId: key.slice(0, bracket), iteration: key.slice(bracket + 1, -1) };
}

/** Iteration `index` of a loop that itself runs in `iteration`: `("2", 0)` -> `2.0`. */
export function innerIteration(iteration: string, index: number): string {
  return iteration === "" ? String(index) : `${iteration}.${index}`;
}

/** `2.0` -> the loop's own iteration `2` and the index 0 in it. */
export function outerIteration(iteration: string): { iteration: string; index: number } {
  const dot = iteration.lastIndexOf(".");
  return dot < 0
    ? { iteration: "", index: Number(iteration) }
    : { iteration: iteration.slice(0, dot), index: Number(iteration.slice(dot + 1)) };
}

/** Where one pass through a scope is kept in `RunState.scopes`: "" for the document, else `loop[2.0]`. */
export function scopeKey(scopeId: string, iteration: string): string {
  return nodeKey(scopeId, iteration);
}
