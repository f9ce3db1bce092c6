/** What one expression may cost. The numbers keep the worst case well under 50 ms on a small server. */
export const expressionLimits = {
  sourceCharacters: 10_000,
  astNodes: 2_000,
  nesting: 64,
  /** Node evaluations plus the charges of functions that walk text and lists. */
  steps: 100_000,
  /** Of everything that is filled in together: a value with its templates, or all that one step of a run evaluates. */
  sharedSteps: 300_000,
  /** Expressions in one value. Each is read before any is evaluated. */
  together: 5_000,
  listItems: 20_000,
  /** Of text built while evaluating, and of the result written as JSON. */
  resultCharacters: 1_000_000,
  /** Levels of lists and objects, in data and in results. */
  dataDepth: 100,
  cachedPrograms: 1_000,
} as const;
