export interface Outcome {
  passed: number;
  /** Names of what failed. */
  failures: string[];
}

export function addCounts(a: Outcome, b: Outcome): Outcome {
  return { passed: a.passed + b.passed, failures: [...a.failures, ...b.failures] };
}

/** A whole stage that could not run counts as one failure, never as nothing. */
export function failure(stage: string, error: unknown): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  console.log(message);
  return { passed: 0, failures: [`${stage}: ${message.split("\n")[0] ?? ""}`] };
}
