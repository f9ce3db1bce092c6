/** One thing a pattern matches, with how often. */
export interface Atom {
  source: string;
  /** Set for groups. */
  branches?: Branch[];
  min: number;
  max: number;
}
export type Branch = Atom[];

/** Reads a pattern that JavaScript takes, up to the end of the group that begins at `start`. */
export function parseBranches(source: string, start: number): { branches: Branch[]; end: number } {
  const branches: Branch[] = [[]];
  let at = start;
  while (at < source.length && source[at] !== ")") {
    if (source[at] === "|") {
      branches.push([]);
      at++;
      continue;
    }
    const atomStart = at;
    let inner: Branch[] | undefined;
    if (source[at] === "(") {
      const opener = /^\((\?(:|=|!|<=|<!|<\w+>))?/.exec(source.slice(at))?.[0] ?? "(";
      const group = parseBranches(source, at + opener.length);
      inner = group.branches;
      at = group.end + 1;
    } else if (source[at] === "[") at = classEnd(source, at);
    else if (source[at] === "\\")
      at +=
        /^\\(?:u\{[0-9a-f]+\}|u[0-9a-f]{4}|x[0-9a-f]{2}|[pP]\{[^}]+\}|c[a-z]|[\s\S])/iu.exec(source.slice(at))?.[0]
          .length ?? 2;
    else at += String.fromCodePoint(source.codePointAt(at) ?? 0).length;
    const atom = source.slice(atomStart, at);
    const [text, min, max] = quantifierAt(source, at);
    at += text.length;
    branches[branches.length - 1]?.push({ source: atom, ...(inner ? { branches: inner } : {}), min, max });
  }
  return { branches, end: at };
}

function classEnd(source: string, start: number): number {
  let at = start + 1;
  while (at < source.length && source[at] !== "]") at += source[at] === "\\" ? 2 : 1;
  return at + 1;
}

function quantifierAt(source: string, at: number): [text: string, min: number, max: number] {
  const match = /^(?:([*+?])|\{(\d+)(,)?(\d+)?\})\??/.exec(source.slice(at));
  if (!match) return ["", 1, 1];
  const simple: Record<string, [number, number]> = { "*": [0, Infinity], "+": [1, Infinity], "?": [0, 1] };
  const range = simple[match[1] ?? ""];
  if (range) return [match[0], ...range];
  const min = Number(match[2]);
  return [match[0], min, match[3] ? (match[4] === undefined ? Infinity : Number(match[4])) : min];
}
