import { createHash } from "node:crypto";
import { guessCounter, takePoint } from "./guess-counters";

/** What guesses are counted by. */
export interface Guesser {
  key: string;
  /** Wrong ones in a day that cost no waiting. */
  free: number;
  /** The waiting after the next one; it doubles with each further one, up to `longestSeconds`. */
  firstSeconds: number;
  longestSeconds: number;
  /** It is about one account: a right password forgets all wrong ones, otherwise just its own try. */
  ofOneAccount: boolean;
}

const daySeconds = 24 * 60 * 60;

/**
 * Counts one guess before it is judged, so that guesses at the same moment cannot slip past. Answers how long to wait (ms) when the one
 * before was too short ago, else null. Nobody is ever locked out: whoever waits that long gets a try.
 */
export async function admitGuess(guessers: readonly Guesser[]): Promise<number | null> {
  const admitted: Guesser[] = [];
  for (const guesser of guessers) {
    const waitMs = await admitOne(guesser);
    if (waitMs === null) {
      admitted.push(guesser);
      continue;
    }
    await Promise.all(admitted.map(takeBack));
    return waitMs;
  }
  return null;
}

/** The guess was right, or was never judged. */
export async function forgiveGuess(guessers: readonly Guesser[]): Promise<void> {
  await Promise.all(guessers.map((guesser) => (guesser.ofOneAccount ? forget(guesser) : takeBack(guesser))));
}

async function admitOne(guesser: Guesser): Promise<number | null> {
  const key = digest(guesser);
  const { consumedPoints } = await free().penalty(key);
  if (consumedPoints <= guesser.free) return null;
  await free().reward(key);
  const waitMs = await takePoint(gate(), key, guesser.firstSeconds);
  if (waitMs !== null) return waitMs;
  // Only who passed the gate is counted here: those who are turned away at this moment make nobody wait longer.
  const beyond = (await waited().penalty(key)).consumedPoints;
  const delay = Math.min(guesser.longestSeconds, guesser.firstSeconds * 2 ** Math.min(beyond - 1, 20));
  if (delay > guesser.firstSeconds) await gate().block(key, delay);
  return null;
}

/** All wrong ones. */
async function forget(guesser: Guesser): Promise<void> {
  const key = digest(guesser);
  await Promise.all([free().delete(key), waited().delete(key), gate().delete(key)]);
}

/** One try. */
async function takeBack(guesser: Guesser): Promise<void> {
  const key = digest(guesser);
  const hasWaited = ((await waited().get(key))?.consumedPoints ?? 0) > 0;
  await Promise.all([(hasWaited ? waited() : free()).reward(key), gate().delete(key)]);
}

/** Of a day: the wrong ones that cost no waiting, and those after them. */
const free = () => guessCounter("free", { points: 1_000_000, seconds: daySeconds });
const waited = () => guessCounter("waited", { points: 1_000_000, seconds: daySeconds });
/** One try passes and closes it behind itself. */
const gate = () => guessCounter("gate", { points: 1, seconds: 1 });

/** E-mail addresses may be longer than a key, and need not stand in the table. */
function digest({ key }: Guesser): string {
  return createHash("sha256").update(key).digest("base64url");
}
