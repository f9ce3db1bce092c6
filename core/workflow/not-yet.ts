import type { z } from "zod";

/** Of what is read and kept, but stops publishing with `step_not_available` or the like. */
const refused = "not available yet: publishing a workflow that uses it is refused.";

/** Says in the reference that a field, or what is named of it, cannot be used yet. Written where the field is, beside its other words. */
export function notYet<T extends z.ZodType>(schema: T, what?: string): T {
  return schema.describe(withNotYet(schema.description, what));
}

/** The same for words that stand elsewhere, such as those of a whole type of step. */
export function withNotYet(words: string | undefined, what?: string): string {
  const sentence = what === undefined ? `N${refused.slice(1)}` : `${what} is ${refused}`;
  return words === undefined ? sentence : `${words.replace(/([^.])$/, "$1.")} ${sentence}`;
}
