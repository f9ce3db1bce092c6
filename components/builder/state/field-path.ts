import type { FieldChange } from "@/core/workflow/edit/operation";
import type { FieldPath } from "@/core/workflow/form-layout";

/** `context.fields[0].label` as a path; also understands `headers["X-Trace"]`. */
export function parsePath(text: string): FieldPath {
  const parts: (string | number)[] = [];
  for (const match of text.matchAll(/\[(\d+)\]|\[["']([^"']*)["']\]|([^.[\]]+)/g)) {
    const [, index, quoted, name] = match;
    if (index !== undefined) parts.push(Number(index));
    else parts.push(quoted ?? name ?? "");
  }
  return parts;
}

/** What stands at a path; undefined where the way there ends. */
export function valueAt(value: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>((at, part) => {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, part)) return undefined;
    return Reflect.get(at, part);
  }, value);
}

/**
 * The change that gives a field a value, or takes it away. Objects on the way that are not there yet come with it, and an
 * object that would be left empty goes with its last field, so that a step never keeps the shell of a setting.
 */
export function fieldChange(node: object, path: FieldPath, value: unknown): FieldChange {
  return value === undefined ? removal(node, path) : setting(node, path, value);
}

function setting(node: object, path: FieldPath, value: unknown): FieldChange {
  let depth = 1;
  while (depth < path.length && isContainer(valueAt(node, path.slice(0, depth)))) depth += 1;
  const wrapped = path.slice(depth).reduceRight<unknown>((inner, part) => {
    return typeof part === "number" ? [inner] : { [part]: inner };
  }, value);
  // Controls hand over what they read from JSON or made of texts, numbers and lists.
  return { path: path.slice(0, depth), value: wrapped as FieldChange["value"] };
}

function removal(node: object, path: FieldPath): FieldChange {
  let kept: FieldPath = path;
  while (kept.length > 1) {
    const parent = valueAt(node, kept.slice(0, -1));
    const last = kept.at(-1);
    const onlyChild =
      typeof parent === "object" &&
      parent !== null &&
      !Array.isArray(parent) &&
      Object.keys(parent).every((key) => key === last);
    if (!onlyChild) break;
    kept = kept.slice(0, -1);
  }
  return { path: [...kept] };
}

function isContainer(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** Whether `inner` is `outer` or stands inside it. */
export function isWithin(inner: FieldPath, outer: FieldPath): boolean {
  return outer.every((part, position) => inner[position] === part);
}
