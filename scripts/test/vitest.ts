import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { projectRoot } from "../db/project-files";
import { failureLine, type Outcome } from "./outcome";
import { runReported } from "./run-reported";

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          failureMessages: z.array(z.string()).nullish(),
          meta: z.unknown().optional(),
        }),
      ),
    }),
  ),
});

export const readReport = (report: unknown): z.output<typeof reportSchema> => reportSchema.parse(report);

/** Arguments for Node that run vitest and write its report to `path`. */
export function vitestCommand(path: string, reporter: "dot" | "verbose"): string[] {
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
  return [vitest, "run", `--reporter=${reporter}`, "--reporter=json", `--outputFile.json=${path}`];
}

/** Some vitest projects in one process. A file that could not be loaded counts as one failure. */
export async function runVitest(projects: readonly string[]): Promise<Outcome> {
  const { report, exitCode } = await runReported((path) => ({
    args: [...vitestCommand(path, "dot"), "--maxWorkers=2", ...projects.flatMap((name) => ["--project", name])],
    env: { ...process.env, TZ: "Asia/Kathmandu", NODE_ENV: "test" },
  }));
  const failures: string[] = [];
  let passed = 0;
  for (const file of readReport(report).testResults) {
    const name = relative(projectRoot, file.name);
    const failed = file.assertionResults.filter((test) => test.status !== "passed");
    passed += file.assertionResults.length - failed.length;
    failures.push(
      ...failed.map(({ fullName, status, failureMessages }) =>
        failureLine(`${name} › ${fullName}${status === "failed" ? "" : ` (${status})`}`, failureMessages ?? []),
      ),
    );
    if (file.status === "failed" && failed.length === 0)
      failures.push(`${name}: ${file.message?.split("\n")[0] ?? "could not run"}`);
  }
  // Errors outside any test (an unhandled rejection, a failing teardown) show in the exit code alone.
  if (exitCode !== 0 && failures.length === 0) failures.push(`vitest ended with code ${exitCode ?? "none"}`);
  return { passed, failures };
}
