import type { Json } from "@/core/json";
import { hiddenMark, overlaps, type Hidden, type Path } from "@/core/workflow/secret-paths";

export { hiddenMark };

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
  return paths.reduce((current, path) => coverAt(current, partsOf(path), hiddenMark), value);
}

/** The same of what was traced to something sensitive; `side` is what of the step's record this is. */
export function coveredAt(value: Json, side: "input" | "output", hidden: readonly Hidden[] = []): Json {
  return hidden.reduce(
    (current, { path: [first, ...rest], shows }) => (first === side ? coverAt(current, rest, shows) : current),
    value,
  );
}

/** What is shown at a place of a step's record that is kept as a text elsewhere too; null: nothing there is hidden. */
export function coverOf(path: Path, hidden: readonly Hidden[] = []): string | null {
  return hidden.find((each) => overlaps(each.path, path))?.shows ?? null;
}

export function coverAt(value: Json, [head, ...rest]: Path, shows: string): Json {
  if (head === undefined) return shows;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const isIndex = /^\d+$/.test(head);
    return value.map((item, index) =>
      !isIndex ? coverAt(item, [head, ...rest], shows) : index === Number(head) ? coverAt(item, rest, shows) : item,
    );
  }
  const inner = value[head];
  return inner === undefined ? value : { ...value, [head]: coverAt(inner, rest, shows) };
}

/** All values that a path leads to: a name leads through the items of a list. */
export function valuesAt(value: Json, [head, ...rest]: Path): Json[] {
  if (head === undefined) return [value];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value))
    return /^\d+$/.test(head)
      ? valuesAt(value[Number(head)] ?? null, rest)
      : value.flatMap((item) => valuesAt(item, [head, ...rest]));
  return valuesAt(value[head] ?? null, rest);
}
