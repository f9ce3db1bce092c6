/** Something of which a process has one. */
interface Slot<T> {
  value: T | undefined;
}

declare global {
  var holdpointProcess: Map<string, Slot<unknown>> | undefined;
}

/** Looked up when a module is loaded, not at each use: what began with one memory never meets another. */
const slots = (globalThis.holdpointProcess ??= new Map<string, Slot<unknown>>());

/**
 * A place that all copies of a module share. Our server and Next's bundles each hold one, and hot reload loads it again; connections,
 * counts and threads are of the process.
 */
export function processWide<T>(name: string): Slot<T> {
  const slot = slots.get(name) ?? { value: undefined };
  slots.set(name, slot);
  // A name is used by one module, with one type.
  return slot as Slot<T>;
}
