import type { Operation } from "./operation";

/** What carrying out one operation gives: the operations that take it back, or why nothing was done. */
export type Outcome = { inverse: Operation[] } | { reason: string };

/** One kind of operation. */
export type OperationOf<K extends Operation["op"]> = Extract<Operation, { op: K }>;

export function unknownStep(id: string): { reason: string } {
  return { reason: `There is no step "${id}" any more.` };
}

export function unknownContainer(id: string | null): { reason: string } {
  return { reason: id === null ? "There is no workflow." : `"${id}" is no step that others can be put into.` };
}
