import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { z } from "zod";
import { findOrInstallChromium } from "./chromium";
import { failureLine, type Outcome } from "./outcome";
import { runReported } from "./run-reported";

const testSchema = z.object({
  title: z.string(),
  ok: z.boolean(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z
        .array(z.object({ errors: z.array(z.object({ message: z.string().optional() })).optional() }))
        .optional(),
    }),
  ),
});

interface Suite {
  title: string;
  specs?: z.output<typeof testSchema>[] | undefined;
  suites?: Suite[] | undefined;
}

const suiteSchema: z.ZodType<Suite> = z.lazy(() =>
  z.object({ title: z.string(), specs: z.array(testSchema).optional(), suites: z.array(suiteSchema).optional() }),
);

const reportSchema = z.object({
  suites: z.array(suiteSchema),
  errors: z.array(z.object({ message: z.string().optional() })),
});

/** The product as people use it, in a real browser. */
export async function runEndToEnd(): Promise<Outcome> {
  const browser = findOrInstallChromium();
  const playwright = join(dirname(createRequire(import.meta.url).resolve("@playwright/test/package.json")), "cli.js");
  const { report, exitCode } = await runReported((path) => ({
    args: [playwright, "test", "--reporter=list,json"],
    env: { ...process.env, ...(browser ? { CHROME_PATH: browser } : {}), PLAYWRIGHT_JSON_OUTPUT_NAME: path },
  }));
  const { suites, errors } = reportSchema.parse(report);
  const tests = suites.flatMap((suite) => flatten(suite, []));
  const failures = tests.filter((test) => !test.passed).map((test) => failureLine(test.name, test.messages));
  failures.push(...errors.map((error) => `e2e: ${error.message?.split("\n")[0] ?? "unknown error"}`));
  if (exitCode !== 0 && failures.length === 0) failures.push(`playwright ended with code ${exitCode ?? "none"}`);
  return { passed: tests.filter((test) => test.passed).length, failures };
}

/** A skipped test is not a passed one. */
function flatten(suite: Suite, path: string[]): { name: string; passed: boolean; messages: string[] }[] {
  const here = [...path, suite.title];
  const own = (suite.specs ?? []).map((spec) => ({
    name: [...here, spec.title].join(" › "),
    passed: spec.ok && spec.tests.every((test) => test.status === "expected"),
    messages: spec.tests.flatMap(({ results }) =>
      (results ?? []).flatMap(({ errors }) => (errors ?? []).flatMap(({ message }) => message ?? [])),
    ),
  }));
  return [...own, ...(suite.suites ?? []).flatMap((child) => flatten(child, here))];
}
