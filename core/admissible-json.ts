/**
 * Names that every plain object answers to without having them. As keys of data from outside they are refused at every way
 * in: code that reads `record[key]`, and half of the world's libraries, would find something that nobody sent.
 */
export const reservedNames: ReadonlySet<string> = new Set([
  "__proto__",
  "prototype",
  "constructor",
  "hasOwnProperty",
  "isPrototypeOf",
  "propertyIsEnumerable",
  "toLocaleString",
  "toString",
  "valueOf",
  "__defineGetter__",
  "__defineSetter__",
  "__lookupGetter__",
  "__lookupSetter__",
]);

/** Deeper data would exhaust the stack of whoever walks it recursively. */
export const maxDataDepth = 200;

/** More values than this are no data that anybody looks at: a megabyte of zeros would hold up everyone else. */
export const maxDataValues = 200_000;

export interface Inadmissible {
  code: "forbidden_name" | "invalid_text" | "not_json" | "too_deep" | "too_many_values";
  /** From the root to the place; of a forbidden name the name itself is the last part. */
  path: (string | number)[];
  /** The end of a sentence whose subject is the place. */
  message: string;
}

interface Place {
  parent: Place | null;
  key: string | number;
  value: object;
  depth: number;
}

/**
 * The first thing in a value from outside that must not come in: a reserved name, a text that PostgreSQL cannot hold (NUL,
 * half a surrogate pair), something that is not JSON, nesting beyond `maxDataDepth`. Null when it may come in. `undefined`
 * counts as left out. Never recurses, and remembers one place per list or object, not per value.
 */
export function findInadmissible(root: unknown): Inadmissible | null {
  const open: Place[] = [];
  const problem = visit(root, "", null, open);
  if (problem !== null) return { ...problem, path: [] };
  let values = 1;
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (Array.isArray(place.value)) {
      values += place.value.length;
      if (values > maxDataValues) return { ...tooMany, path: pathTo(place) };
      for (let index = 0; index < place.value.length; index += 1) {
        const found = visit(place.value[index], index, place, open);
        if (found !== null) return { ...found, path: pathTo(place, index) };
      }
      continue;
    }
    const members = place.value as Record<string, unknown>;
    for (const key of Object.keys(members)) {
      values += 1;
      if (values > maxDataValues) return { ...tooMany, path: pathTo(place) };
      const found = nameProblem(key) ?? visit(members[key], key, place, open);
      if (found !== null) return { ...found, path: pathTo(place, key) };
    }
  }
  return null;
}

type Problem = Omit<Inadmissible, "path">;

const notJson: Problem = { code: "not_json", message: "is not JSON" };
const invalidText: Problem = {
  code: "invalid_text",
  message: "contains a character that cannot be stored (NUL or half a surrogate pair)",
};
const tooDeep: Problem = { code: "too_deep", message: `is nested more than ${String(maxDataDepth)} levels deep` };

export const tooMany: Omit<Inadmissible, "path"> = {
  code: "too_many_values",
  message: `belongs to more than ${maxDataValues.toLocaleString("en-US")} values; send them in parts`,
};

function visit(value: unknown, key: string | number, parent: Place | null, open: Place[]): Problem | null {
  switch (typeof value) {
    case "string":
      return isStorable(value) ? null : invalidText;
    case "number":
    case "boolean":
    case "undefined":
      return null;
    case "object":
      break;
    default:
      return notJson;
  }
  if (value === null) return null;
  if (!Array.isArray(value)) {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype) return notJson;
  }
  const depth = parent === null ? 0 : parent.depth + 1;
  if (depth >= maxDataDepth) return tooDeep;
  open.push({ parent, key, value, depth });
  return null;
}

function nameProblem(name: string): Problem | null {
  if (reservedNames.has(name))
    return { code: "forbidden_name", message: `must not be there: no field may have the name ${name}` };
  return isStorable(name) ? null : invalidText;
}

function isStorable(text: string): boolean {
  // Most texts have no such character at all, which is found out faster than whether it stands alone.
  return !text.includes("\0") && !(/[\ud800-\udfff]/.test(text) && /\p{Surrogate}/u.test(text));
}

function pathTo(place: Place, ...last: (string | number)[]): (string | number)[] {
  const path = [...last];
  for (let at: Place | null = place; at.parent !== null; at = at.parent) path.push(at.key);
  return path.reverse();
}
