import { checkParts } from "./parts";
import type { CheckResult } from "./parts";

/** Runs all parts, two at a time, and prints one line each, with the output of what failed. */
export async function runChecks(): Promise<CheckResult[]> {
  const waiting = [...checkParts];
  const results: CheckResult[] = [];
  const work = async (): Promise<void> => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const { name } = part;
      const result = await part
        .run()
        .catch((error: unknown) => ({ name, passed: false, seconds: 0, output: String(error) }));
      results.push(result);
      console.log(`  ${result.passed ? "✓" : "✗"} ${result.name} (${result.seconds.toFixed(1)} s)`);
      if (!result.passed) console.log(result.output);
    }
  };
  await Promise.all([work(), work()]);
  return results;
}
