import type { Json } from "@/core/json";

/** What stands where a value may not be shown. */
export const hiddenMark = "••••";

/** The path of everything that a step put out. */
export const wholeOutput = "output";

/** The paths of a recorded step that are never shown: its author's, and all of its output where its connection keeps no answers. */
export function hiddenPaths(sensitive: readonly string[] | undefined, engine: Json | undefined): readonly string[] {
  const isUnrecorded = typeof engine === "object" && engine !== null && "unrecorded" in engine;
  return isUnrecorded ? [...(sensitive ?? []), wholeOutput] : (sensitive ?? []);
}

/** Which recorded side of a step a `sensitive` path means; null: either. */
export function sideOf(path: string): "input" | "output" | null {
  const [head] = path.split(".");
  return head === "input" || head === "output" ? head : null;
}

/** The names a `sensitive` path goes through, from the recorded value on. */
export function partsOf(path: string): string[] {
  const parts = path.split(".");
  return sideOf(path) === null ? parts : parts.slice(1);
}

/** Values at the node's `sensitive` paths are never shown, however short. */
export function maskedAt(value: Json, paths: readonly string[]): Json {
  return paths.reduce((current, path) => maskAt(current, partsOf(path)), value);
}

function maskAt(value: Json, [head, ...rest]: readonly string[]): Json {
  if (head === undefined) return hiddenMark;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const inner = value[head];
  return inner === undefined ? value : { ...value, [head]: maskAt(inner, rest) };
}
