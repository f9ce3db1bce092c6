import { checkParts } from "./parts";
import type { CheckResult } from "./parts";

/** Runs all parts, two at a time, and prints one line each, with the output of what failed. */
export async function runChecks(): Promise<CheckResult[]> {
  const waiting = [...checkParts];
  const results: CheckResult[] = [];
  const work = async (): Promise<void> => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const result = await part.run();
      results.push(result);
      console.log(`  ${result.passed ? "✓" : "✗"} ${result.name} (${result.seconds.toFixed(1)} s)`);
      if (!result.passed) console.log(result.output);
    }
  };
  await Promise.all([work(), work()]);
  return results;
}
