import { parseBranches, type Atom, type Branch } from "@/core/schema/pattern-parts";

/**
 * Matches as JavaScript does in its Unicode mode, in time that grows with the text times the size of the pattern and never faster:
 * all ways through the pattern are followed at once, one character after the other, instead of trying one after the other.
 */
export interface LinearPattern {
  /** How much there is to keep in mind, its repetitions written out. */
  size: number;
  /** Whether the pattern fits somewhere in the text. `spend` is called for every hundred steps, and ends the search by throwing. */
  test(text: string, spend: () => void): boolean;
  ignoringCase(): LinearPattern;
}

type State =
  | { kind: "character"; fits: (character: string) => boolean; next: number }
  | { kind: "fork"; next: number; other: number }
  | { kind: "edge"; edge: string; next: number }
  | { kind: "look"; from: number; isBehind: boolean; isNegative: boolean; next: number }
  | { kind: "match" };

/** Of a pattern with its repetitions written out. */
const maxStates = 10_000;
const stepsPerSpend = 100;

class TooManyStates extends Error {}

/** Null for a pattern whose repetitions, written out, are too many. `source` is valid and has no references to groups. */
export function linearPattern(source: string, flags = "u"): LinearPattern | null {
  try {
    const { branches } = parseBranches(source, 0);
    const states: State[] = [];
    const start = compile(branches, states, flags);
    const isAnchored = branches.every(([first]) => first?.source === "^");
    return {
      size: states.length,
      test: (text, spend) => createSearch(states, text, spend).find(start, 0, isAnchored),
      ignoringCase: () => linearPattern(source, "iu") ?? neverMatches,
    };
  } catch (error) {
    if (error instanceof TooManyStates) return null;
    throw error;
  }
}

const neverMatches: LinearPattern = { size: 0, test: () => false, ignoringCase: () => neverMatches };

/** Writes the states of a pattern, and answers where it begins. Built from the end, so that every state knows the next one. */
function compile(pattern: readonly Branch[], states: State[], flags: string): number {
  let written = 0;
  const add = (state: State): number => {
    if (states.length >= maxStates) throw new TooManyStates();
    return states.push(state) - 1;
  };
  const choice = (branches: readonly Branch[], next: number): number =>
    branches
      .map((branch) => branch.reduceRight((after, atom) => repeated(atom, after), next))
      .reduceRight((other, entry) => add({ kind: "fork", next: entry, other }));
  const repeated = (atom: Atom, next: number): number => {
    let entry = next;
    if (atom.max === Infinity) {
      const loop: State = { kind: "fork", next, other: next };
      entry = add(loop);
      loop.next = once(atom, entry);
    } else
      for (let count = atom.min; count < atom.max; count += 1)
        entry = add({ kind: "fork", next: once(atom, entry), other: next });
    for (let count = 0; count < atom.min; count += 1) entry = once(atom, entry);
    return entry;
  };
  const once = (atom: Atom, next: number): number => {
    // A group that holds nothing adds no state, however often it is repeated.
    if ((written += 1) > maxStates * 2) throw new TooManyStates();
    const { source, branches } = atom;
    if (!branches) {
      if (/^(?:[$^]|\\[bB])$/.test(source)) return add({ kind: "edge", edge: source, next });
      return add({ kind: "character", fits: characterTest(source, flags), next });
    }
    const look = /^\(\?(<?)([=!])/.exec(source);
    if (!look) return choice(branches, next);
    const from = choice(branches, add({ kind: "match" }));
    return add({ kind: "look", from, isBehind: look[1] === "<", isNegative: look[2] === "!", next });
  };
  return choice(pattern, add({ kind: "match" }));
}

/** What one character of a class, an escape or a letter means is JavaScript's own business; every answer is kept. */
function characterTest(source: string, flags: string): (character: string) => boolean {
  const regex = new RegExp(`^(?:${source})$`, flags);
  const known = new Map<string, boolean>();
  return (character) => {
    const answer = known.get(character);
    if (answer !== undefined) return answer;
    const fits = regex.test(character);
    if (known.size < 500) known.set(character, fits);
    return fits;
  };
}

function createSearch(states: readonly State[], text: string, spend: () => void) {
  let steps = 0;
  const ends = new Map<number, Set<number>>();

  const step = (): void => {
    steps += 1;
    if (steps % stepsPerSpend === 0) spend();
  };

  /** Whether a way from `start` ends in a match: begun at `at`, or anywhere behind it. `onMatch` instead hears of every end. */
  function find(start: number, at: number, onlyHere: boolean, onMatch?: (end: number) => void): boolean {
    let current: number[] = [];
    for (let position = at; ;) {
      const seen = new Set<number>(current);
      if (!onlyHere || position === at) current.push(start);
      const waiting: Extract<State, { kind: "character" }>[] = [];
      // Grows while it is walked.
      for (const index of current) {
        step();
        const state = states[index];
        if (state === undefined) continue;
        if (state.kind === "match") {
          if (!onMatch) return true;
          onMatch(position);
        } else if (state.kind === "character") waiting.push(state);
        else
          for (const next of ways(state, position))
            if (!seen.has(next)) {
              seen.add(next);
              current.push(next);
            }
      }
      if (position >= text.length || (waiting.length === 0 && onlyHere)) return false;
      const character = String.fromCodePoint(text.codePointAt(position) ?? 0);
      const after = new Set<number>();
      for (const { fits, next } of waiting) {
        step();
        if (fits(character)) after.add(next);
      }
      current = [...after];
      position += character.length;
    }
  }

  function ways(state: Exclude<State, { kind: "match" | "character" }>, position: number): number[] {
    if (state.kind === "fork") return [state.next, state.other];
    const holds = state.kind === "edge" ? isEdge(state.edge, position) : looks(state, position);
    return holds ? [state.next] : [];
  }

  function looks({ from, isBehind, isNegative }: Extract<State, { kind: "look" }>, position: number): boolean {
    return (isBehind ? endsOf(from).has(position) : find(from, position, true)) !== isNegative;
  }

  /** All places where something ends that is looked for behind another: found in one walk over the text. */
  function endsOf(start: number): Set<number> {
    const known = ends.get(start);
    if (known) return known;
    const found = new Set<number>();
    ends.set(start, found);
    find(start, 0, false, (end) => found.add(end));
    return found;
  }

  function isEdge(edge: string, position: number): boolean {
    if (edge === "^") return position === 0;
    if (edge === "$") return position === text.length;
    return (isWord(text[position - 1]) !== isWord(text[position])) === (edge === "\\b");
  }

  return { find };
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /^\w$/.test(character);
}
