import { buildIfStale } from "../build/build";
import { otherParts, typesAndLint, type CheckOutput } from "../check/parts";
import { runChecks } from "../check/run-checks";
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
  "Checks and production build": checksAndBuild,
  "Unit, database and engine tests": () => runVitest(["unit", "db", "processes"]),
  // A process of their own: they attack the built product, and two preparations of a database do not fit into one.
  "Attacks, short": () => runVitest(["security"]),
  "End-to-end tests": runEndToEnd,
};

/** The build takes one core for as long as the other checks together take the other one. */
async function checksAndBuild(): Promise<Outcome> {
  generatePrismaClient();
  const first = await runChecks([typesAndLint]);
  const results = [...first, ...(await runChecks([{ name: "production build", run: build }, ...otherParts]))];
  const failures = results.filter((result) => !result.passed).map((result) => result.name);
  return { passed: results.length - failures.length, failures };
}

async function build(): Promise<CheckOutput> {
  await buildIfStale({ note: () => undefined });
  return { passed: true, output: "" };
}
