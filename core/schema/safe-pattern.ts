import { linearPattern, type LinearPattern } from "@/core/schema/linear-pattern";
import { parseBranches, type Atom, type Branch } from "@/core/schema/pattern-parts";
import { brokenPatternWords, withoutHarmlessEscapes } from "@/core/schema/harmless-escapes";

/** Longest pattern that is accepted, in characters. */
export const maxPatternLength = 500;

/**
 * How a regular expression may be used on text from outside: refused with a sentence, or allowed. Values are matched in linear
 * time. Names of fields (`patternProperties`) meet JavaScript's own engine, which backtracks: repeated groups that can split the same
 * text in several ways are refused, and whatever repeats without a decided end shortens the names that may be checked.
 */
export type PatternScreen =
  | {
      ok: true;
      matcher: LinearPattern;
      /** The longest field name that the pattern may be tried on by backtracking. */
      maxNameLength: number;
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
  try {
    new RegExp(source, "u");
  } catch (error) {
    return refuse(`is not a valid regular expression: it ${brokenPatternWords(error)}. Correct it`);
  }
  if (/\(\?[a-z-]+:/.test(source.replace(/\\./g, "")))
    return refuse("switches a mode on inside, such as (?i:…). Write (?i) at the very beginning, or both cases");
  if (/\\[1-9]|\\k</.test(source.replace(/\\\\/g, "")))
    return refuse("refers back to an earlier group, which can take very long. Write it without \\1");
  const parsed = parseBranches(source, 0);
  const degree = Math.max(1, ...parsed.branches.map(degreeOf));
  if (parsed.branches.some(hasRiskyRepeat))
    return refuse(
      "repeats a group that can match the same text in several ways, which can take very long. Simplify the repeated group",
    );
  if (degree > 5) return refuse("has too many open-ended repetitions. Use limits such as {1,20}");
  const matcher = linearPattern(source);
  if (matcher === null) return refuse("repeats more than can be kept in mind at once. Use smaller numbers in { }");
  const tries = Math.max(1, ...parsed.branches.map(boundedTries));
  return { ok: true, matcher, maxNameLength: Math.floor((stepLimit / Math.min(tries, stepLimit * 2)) ** (1 / degree)) };
}

function refuse(what: string): PatternScreen {
  return { ok: false, message: `The pattern ${what}.` };
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

/** In how many ways the limited repetitions of a branch can share out a text: neighbours multiply. */
function boundedTries(branch: Branch): number {
  return branch.reduce((product, { branches, min, max }) => {
    const inner = branches ? Math.max(1, ...branches.map(boundedTries)) : 1;
    return max >= largeRepeat ? product * inner : product * inner ** Math.max(1, max) * (max - min + 1);
  }, 1);
}
