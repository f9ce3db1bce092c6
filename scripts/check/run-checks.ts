import type { CheckPart, CheckOutput } from "./parts";

export interface CheckResult {
  name: string;
  passed: boolean;
}

/** Runs all parts, two at a time, and prints one line each, with the output of what failed. `quietly`: while nobody else works. */
export async function runChecks(parts: readonly CheckPart[], { quietly = false } = {}): Promise<CheckResult[]> {
  const waiting = [...parts];
  const results: CheckResult[] = [];
  const work = async (): Promise<void> => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      const { name } = part;
      const started = performance.now();
      const { passed, output, read } = await part
        .run(quietly)
        .catch((error: unknown): CheckOutput => ({ passed: false, output: String(error) }));
      const seconds = (performance.now() - started) / 1000;
      results.push({ name, passed });
      const looked = read === undefined ? "" : `, ${read}`;
      console.log(`  ${passed ? "✓" : "✗"} ${name} (${seconds.toFixed(1)} s${looked})`);
      if (!passed) console.log(output);
    }
  };
  await Promise.all([work(), work()]);
  return results;
}
