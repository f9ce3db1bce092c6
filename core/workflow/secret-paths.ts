/** The names that lead to a value, e.g. `["step", "file", "output", "ssn"]`; a number leads into a list, a name through all of its items. */
export type Path = readonly string[];

/** What stands where a value may not be shown. */
export const hiddenMark = "••••";

/** A value that is not shown, and what stands in its place: the author's words around it stay. */
export interface Hidden {
  path: Path;
  shows: string;
}

/** What of a step's record comes from something sensitive. */
export interface StepSecrets {
  /** Into its record: each path begins with `input` or `output`. */
  hidden: readonly Hidden[];
  /** What is shown instead of its line on the run's page; null: the line itself. */
  summary: string | null;
  /** What it says when it fails, which may quote what it read. */
  message: boolean;
}

/** Whether one is the other or a part of it: who reads either reads of the other. */
export function overlaps(left: Path, right: Path): boolean {
  return left.every((name, index) => index >= right.length || right[index] === name);
}

export function startsWith(path: Path, beginning: Path): boolean {
  return beginning.length <= path.length && beginning.every((name, index) => path[index] === name);
}

/** `context.fields[2]` as names. */
export function sitePath(path: string): string[] {
  return path.replaceAll(/\[(\d+)\]/g, ".$1").split(".");
}

/** A set of paths; what lies below another one adds nothing. */
export interface PathSet {
  /** Whether it is news. */
  add(path: Path): boolean;
  /** Those that are, hold or lie in what `read` reads. */
  touching(read: Path): Path[];
  below(start: Path): Path[];
}

export function pathSet(): PathSet {
  const byStart = new Map<string, Path[]>();
  const touching = (read: Path): Path[] => {
    const known = read.length < 2 ? [...byStart.values()].flat() : (byStart.get(startOf(read)) ?? []);
    const whole = read.length < 2 ? [] : (byStart.get(startOf(read.slice(0, 1))) ?? []);
    return [...known, ...whole].filter((path) => overlaps(path, read));
  };
  return {
    add(path) {
      const start = startOf(path);
      const known = byStart.get(start) ?? [];
      if (known.some((each) => startsWith(path, each))) return false;
      byStart.set(start, [...known.filter((each) => !startsWith(each, path)), path]);
      return true;
    },
    touching,
    below: (start) => touching(start).map((path) => path.slice(start.length)),
  };
}

function startOf(path: Path): string {
  return JSON.stringify(path.slice(0, 2));
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (found, name) =>
      typeof found === "object" && found !== null ? (found as Record<string, unknown>)[name] : undefined,
    value,
  );
}

/** What lies below another one that came first adds nothing. */
export function withoutParts(places: readonly Hidden[]): Hidden[] {
  return places.filter(({ path }, index) => places.findIndex((each) => startsWith(path, each.path)) === index);
}
