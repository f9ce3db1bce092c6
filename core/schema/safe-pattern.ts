import { brokenPatternWords, withoutHarmlessEscapes } from "@/core/schema/harmless-escapes";

/** Longest pattern that is accepted, in characters. */
export const maxPatternLength = 500;

/**
 * How a regular expression may be used on text from outside: refused with a sentence, or allowed up to a text length.
 * JavaScript's engine backtracks, so repeated groups that can split the same text in several ways are refused, and
 * several open-ended repetitions in a row shorten the text that may be checked.
 */
export type PatternScreen =
  | {
      ok: true;
      regex: RegExp;
      maxTextLength: number;
      /** A match costs at most about text length to this power. */ degree: number;
    }
  | { ok: false; message: string };

/** Backtracking steps a single check may cost: about ten milliseconds. */
const stepLimit = 2_000_000;
const cache = new Map<string, PatternScreen>();

export function screenPattern(source: string): PatternScreen {
  const known = cache.get(source);
  if (known) return known;
  const screen = inspect(source);
  if (cache.size >= 500) cache.clear();
  cache.set(source, screen);
  return screen;
}

function inspect(written: string): PatternScreen {
  if (written.length > maxPatternLength) return refuse(`is longer than ${maxPatternLength} characters. Shorten it`);
  const source = withoutHarmlessEscapes(written);
  let regex: RegExp;
  try {
    regex = new RegExp(source, "u");
  } catch (error) {
    return refuse(`is not a valid regular expression: it ${brokenPatternWords(error)}. Correct it`);
  }
  if (/\\[1-9]|\\k</.test(source.replace(/\\\\/g, "")))
    return refuse("refers back to an earlier group, which can take very long. Write it without \\1");
  const parsed = parseBranches(source, 0);
  const degree = Math.max(1, ...parsed.branches.map(degreeOf));
  if (parsed.branches.some(hasRiskyRepeat))
    return refuse(
      "repeats a group that can match the same text in several ways, which can take very long. Simplify the repeated group",
    );
  if (degree > 5) return refuse("has too many open-ended repetitions. Use limits such as {1,20}");
  return { ok: true, regex, degree, maxTextLength: Math.floor(stepLimit ** (1 / degree)) };
}

function refuse(what: string): PatternScreen {
  return { ok: false, message: `The pattern ${what}.` };
}

/** One thing a pattern matches, with how often. */
interface Atom {
  source: string;
  /** Set for groups. */
  branches?: Branch[];
  min: number;
  max: number;
}
type Branch = Atom[];

function parseBranches(source: string, start: number): { branches: Branch[]; end: number } {
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

/** Repetitions count as open-ended from here on: `{1,30}` next to `{1,30}` is harmless, `{0,5000}` is not. */
const largeRepeat = 64;

function hasRiskyRepeat(branch: Branch): boolean {
  return branch.some((atom) => {
    if (!atom.branches) return false;
    if (atom.max > 1 && !isUnambiguousBody(atom.branches)) return true;
    return atom.branches.some(hasRiskyRepeat);
  });
}

/** Whether text can be split into rounds of this group in one way only. */
function isUnambiguousBody(branches: readonly Branch[]): boolean {
  if (branches.length > 1) {
    const firsts = branches.map((branch) => branch[0]);
    const literal = firsts.every((atom) => atom && literalOf(atom) !== null);
    const fixed = branches.every((branch) => branch.every((atom) => !atom.branches && atom.min === atom.max));
    return literal && fixed && new Set(firsts.map((atom) => (atom ? literalOf(atom) : ""))).size === branches.length;
  }
  const body = branches[0] ?? [];
  const variable = body.filter((atom) => atom.min !== atom.max || atom.branches);
  if (variable.length === 0) return body.length > 0;
  if (variable.length > 1 || variable.some((atom) => atom.branches)) return false;
  const separator = [body[0], body.at(-1)]
    .map((atom) => (atom ? literalOf(atom) : null))
    .find((character) => character !== null);
  if (separator === undefined) return false;
  return variable.every((atom) => !matchesCharacter(atom, separator));
}

/** The single character a mandatory literal atom stands for. */
function literalOf(atom: Atom): string | null {
  if (atom.branches || atom.min !== 1 || atom.max !== 1) return null;
  if (/^[^\\[\](){}.*+?^$|]$/u.test(atom.source)) return atom.source;
  const code = /^\\x([0-9a-f]{2})$/i.exec(atom.source)?.[1];
  if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
  return /^\\[^\w\s]$/u.test(atom.source) ? atom.source.slice(1) : null;
}

function matchesCharacter(atom: Atom, character: string): boolean {
  return new RegExp(`^(?:${atom.source})$`, "u").test(character);
}

/** The power of the text length that a failing match may cost. */
function degreeOf(branch: Branch): number {
  const open = openRepeats(branch, true);
  const anchored = branch[0]?.source === "^";
  // Without ^ the search starts again at every character, which matters as soon as one start can walk far.
  const walksFar = branch.some((atom, index) => containsOpen(atom) && index < branch.length - 1);
  return 1 + open + (!anchored && walksFar ? 1 : 0);
}

/** Open-ended repetitions whose end the following character does not decide. */
function openRepeats(branch: Branch, isTop: boolean): number {
  return branch.reduce((sum, atom, index) => {
    const inner = atom.branches ? Math.max(0, ...atom.branches.map((part) => openRepeats(part, false))) : 0;
    if (atom.max < largeRepeat) return sum + inner;
    const next = branch[index + 1];
    const endsPattern = isTop && (!next || (next.source === "$" && index === branch.length - 2));
    const separator = next ? literalOf(next) : null;
    const decided = endsPattern || (separator !== null && !atom.branches && !matchesCharacter(atom, separator));
    return sum + inner + (decided ? 0 : 1);
  }, 0);
}

function containsOpen(atom: Atom): boolean {
  return atom.max >= largeRepeat || (atom.branches?.some((branch) => branch.some(containsOpen)) ?? false);
}
