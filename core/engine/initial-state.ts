import type { RunState } from "./protocol";

/** A run that has not started. */
export function initialState(): RunState {
  return { status: "pending", nodes: emptyTable(), joins: emptyTable(), lastLeaf: null, scopes: emptyTable() };
}

/** No prototype, because node ids are chosen by people: `constructor` is a legal one. */
export function emptyTable<T>(): Record<string, T> {
  // Object.create is typed `any`; an empty object is a table of anything.
  return Object.create(null) as Record<string, T>;
}
