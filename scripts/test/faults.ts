import { z } from "zod";
import { generatePrismaClient } from "../db/prisma-client";
import { runReported } from "./run-reported";
import { readReport, vitestCommand } from "./vitest";

const files = ["inngest/faults", "inngest/runtime/long-runs.test.ts"];
/** The long form; a variable that is set already stays, so that a part can be run on its own. */
const extent = {
  FAULT_RUNS: "300",
  FAULT_ROUNDS: "10",
  FAULT_WAITS: "2000",
  FAULT_REAL_TIME: "1",
  FAULT_DECISIONS: "1000",
};
const countsSchema = z.object({ faults: z.record(z.string(), z.number()).optional() });

/**
 * `npm run test:faults [-- <files or -t title>]`: everything that may break is broken, at full size, scenario after scenario. Ends with the
 * counts of each, and with 1 when one failed, or when none said what was broken in it.
 */
export async function runFaultTests(filters: string[]): Promise<void> {
  generatePrismaClient();
  const { report, exitCode } = await runReported((path) => ({
    args: [
      ...vitestCommand(path, "verbose"),
      "--project=processes",
      "--no-file-parallelism",
      ...(filters.some((filter) => !filter.startsWith("-")) ? [] : files),
      ...filters,
    ],
    env: { ...extent, ...process.env, TZ: "Asia/Kathmandu", NODE_ENV: "test" },
  }));
  const tests = readReport(report).testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "passed" || status === "failed")
      .map((each) => ({ ...each, file: name, counts: countsSchema.parse(each.meta ?? {}).faults })),
  );
  const scenarios = tests.flatMap(({ fullName, counts }) => (counts ? [{ fullName, counts }] : []));
  for (const { fullName, counts } of scenarios) {
    const numbers = Object.entries(counts).map(([name, count]) => `${name} ${String(count)}`);
    console.log(`\n${fullName}\n  ${numbers.join(", ")}`);
  }
  const failed = tests.filter(({ status }) => status === "failed");
  // A scenario that says nothing of what it broke has proved nothing.
  const silent = tests.filter(
    ({ status, file, counts }) => status === "passed" && file.includes("/faults/") && !counts,
  );
  for (const { fullName } of failed) console.log(`  ✗ ${fullName}`);
  for (const { fullName } of silent) console.log(`  ✗ ${fullName}: says nothing of what was broken`);
  const bad = failed.length + silent.length;
  console.log(`\n${String(scenarios.length)} scenarios counted`);
  console.log(`${String(tests.length - bad)} passed, ${String(bad)} failed`);
  process.exit(exitCode === 0 && bad === 0 && scenarios.length > 0 ? 0 : 1);
}
