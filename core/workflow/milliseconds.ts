import { z } from "zod";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

interface Range {
  least: number;
  most: number;
  /** The longest, as people say it. */
  words: string;
}

/** What each kind of time may be at most: far beyond it, a slip of the finger is likelier than a wish. */
export const timeRanges = {
  /** One try of a step. */
  step: { least: 1, most: dayMs, words: "24 hours" },
  /** Active time of a run, waiting not counted. */
  run: { least: 1, most: 24 * dayMs, words: "24 days" },
  retryDelay: { least: 0, most: 30 * dayMs, words: "30 days" },
  /** Anything that waits in the database: the age of a run, deadlines. */
  wait: { least: 1, most: 10 * 366 * dayMs, words: "10 years" },
  /** How long a caller is kept waiting for an answer. */
  respond: { least: 1, most: 2 * minuteMs, words: "2 minutes" },
} as const satisfies Readonly<Record<string, Range>>;

/** A whole number of milliseconds in a range; anything else is refused with a sentence that names the range. */
export function milliseconds({ least, most, words }: Range): z.ZodInt {
  const error = `It must be a whole number of milliseconds from ${String(least)} to ${most.toLocaleString("en-US")} (${words}).`;
  return z.int({ error, abort: true }).min(least, { error }).max(most, { error });
}
