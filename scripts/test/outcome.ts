export interface Outcome {
  passed: number;
  /** Names of what failed, each with the beginning of what was said about it. */
  failures: string[];
}

export function addCounts(a: Outcome, b: Outcome): Outcome {
  return { passed: a.passed + b.passed, failures: [...a.failures, ...b.failures] };
}

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");
/** Enough to know which expectation it was, when only the end of the output was kept. */
const saidLines = 12;

/** A failed test in the list at the end. */
export function failureLine(name: string, messages: readonly string[]): string {
  const lines = messages
    .join("\n")
    .replaceAll(colours, "")
    .split("\n")
    .filter((line) => line.trim() !== "" && !/^\s+at /.test(line));
  return [name, ...lines.slice(0, saidLines).map((line) => `      ${line.slice(0, 300)}`)].join("\n");
}

/** A whole stage that could not run counts as one failure, never as nothing. */
export function failure(stage: string, error: unknown): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  console.log(message);
  return { passed: 0, failures: [`${stage}: ${message.split("\n")[0] ?? ""}`] };
}
