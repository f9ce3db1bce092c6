import { join } from "node:path";
import { buildIfStale } from "../build/build";
import { otherParts, typesAndLint, type CheckOutput } from "../check/parts";
import { runChecks, type CheckResult } from "../check/run-checks";
import { generatePrismaClient } from "../db/prisma-client";
import { projectRoot } from "../db/project-files";
import { runEndToEnd } from "./end-to-end";
import { addCounts, failure } from "./outcome";
import type { Outcome } from "./outcome";
import { runVitest } from "./vitest";

/** `npm test`: everything that must hold before a change is done. Ends with one line, `N passed, N failed`. */
export async function runAllTests(): Promise<void> {
  const started = performance.now();
  // Some two hundred processes are started of the same files: they are compiled once.
  process.env["NODE_COMPILE_CACHE"] ??= join(projectRoot, "node_modules/.cache/compiled");
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
  "Unit, database and engine tests": () => runVitest(["unit", "db", "processes"]),
  // The attacks are a process of their own: they are made on the built product, one after the other, which leaves room for the other checks.
  "Attacks, short, and other checks": async () => {
    const checks = runChecks(otherParts, { quietly: true });
    const tests = await runVitest(["security"]).catch((error: unknown) => failure("attacks", error));
    return addCounts(tests, outcomeOf(await checks));
  },
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
