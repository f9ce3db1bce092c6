import { buildIfStale } from "../build/build";
import { otherParts, typesAndLint, type CheckOutput } from "../check/parts";
import { runChecks, type CheckResult } from "../check/run-checks";
import { generatePrismaClient } from "../db/prisma-client";
import { runEndToEnd } from "./end-to-end";
import { addCounts, failure } from "./outcome";
import type { Outcome } from "./outcome";
import { runVitest } from "./vitest";

/** `npm test`: everything that must hold before a change is done. Ends with one line, `N passed, N failed`. */
export async function runAllTests(): Promise<void> {
  const started = performance.now();
  const outcomes: Outcome[] = [];
  const times: string[] = [];
  for (const [title, run] of Object.entries(stages)) {
    console.log(`\n${title}`);
    const begun = performance.now();
    outcomes.push(await run().catch((error: unknown) => failure(title, error)));
    times.push(`${title} ${minutesSince(begun)}`);
  }
  const total = outcomes.reduce(addCounts);
  if (total.failures.length > 0)
    console.log(["", "Failed:", ...total.failures.map((name) => `  ✗ ${name}`)].join("\n"));
  console.log(`\nTook ${minutesSince(started)} minutes: ${times.join(", ")}.`);
  console.log(`${total.passed} passed, ${total.failures.length} failed`);
  process.exit(total.failures.length === 0 ? 0 : 1);
}

const minutesSince = (begun: number): string => ((performance.now() - begun) / 60_000).toFixed(1);

const stages: Record<string, () => Promise<Outcome>> = {
  "Types, lint and production build": typesAndBuild,
  // Some tests wait for processes to end and to come back: the other checks work meanwhile, and take nothing from anybody.
  "Unit, database and engine tests, other checks": async () => {
    const checks = runChecks(otherParts, { quietly: true });
    const tests = await runVitest(["unit", "db", "processes"]).catch((error: unknown) => failure("tests", error));
    return addCounts(tests, outcomeOf(await checks));
  },
  // A process of their own: they attack the built product, and two preparations of a database do not fit into one.
  "Attacks, short": () => runVitest(["security"]),
  "End-to-end tests": runEndToEnd,
};

async function typesAndBuild(): Promise<Outcome> {
  generatePrismaClient();
  const types = await runChecks([typesAndLint]);
  return outcomeOf([...types, ...(await runChecks([{ name: "production build", run: build }]))]);
}

function outcomeOf(results: readonly CheckResult[]): Outcome {
  const failures = results.filter((result) => !result.passed).map((result) => result.name);
  return { passed: results.length - failures.length, failures };
}

async function build(): Promise<CheckOutput> {
  await buildIfStale({ note: () => undefined });
  return { passed: true, output: "" };
}
