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

/** A single file that fails may have been unlucky; where more fail, something is broken. */
const mostTriedAgain = 4;

/**
 * Some vitest projects in one process. A file that could not be loaded counts as one failure. Files with a failed test run once more, by
 * themselves: what passes then is named as unsteady.
 */
export async function runVitest(projects: readonly string[]): Promise<Outcome> {
  const first = await runFiles(projects, []);
  const again = first.files.filter(({ failures }) => failures.length > 0).map(({ name }) => name);
  if (again.length === 0 || again.length > mostTriedAgain) return outcomeOf(first);
  console.log(`\nTried again: ${again.join(", ")}`);
  const second = await runFiles(projects, again);
  const rest = first.files.filter(({ name }) => !again.includes(name));
  const stillFailing = new Set(second.files.flatMap(({ failures }) => failures.map(({ name }) => name)));
  return {
    ...outcomeOf({ files: [...rest, ...second.files], outside: [...first.outside, ...second.outside] }),
    unsteady: first.files.flatMap(({ failures }) =>
      failures.filter(({ name }) => !stillFailing.has(name)).map(({ line }) => line),
    ),
  };
}

interface FileOutcome {
  name: string;
  passed: number;
  failures: { name: string; line: string }[];
}

interface Run {
  files: FileOutcome[];
  /** Errors outside any test. */
  outside: string[];
}

function outcomeOf({ files, outside }: Run): Outcome {
  return {
    passed: files.reduce((sum, { passed }) => sum + passed, 0),
    failures: [...files.flatMap(({ failures }) => failures.map(({ line }) => line)), ...outside],
    unsteady: [],
  };
}

async function runFiles(projects: readonly string[], only: readonly string[]): Promise<Run> {
  const { report, exitCode } = await runReported((path) => ({
    args: [
      ...vitestCommand(path, "dot"),
      "--maxWorkers=2",
      ...projects.flatMap((name) => ["--project", name]),
      ...only,
    ],
    env: { ...process.env, TZ: "Asia/Kathmandu", NODE_ENV: "test" },
  }));
  const files = readReport(report).testResults.map((file) => {
    const name = relative(projectRoot, file.name);
    const failed = file.assertionResults.filter((test) => test.status !== "passed");
    const failures = failed.map(({ fullName, status, failureMessages }) => ({
      name: `${name} › ${fullName}`,
      line: failureLine(`${name} › ${fullName}${status === "failed" ? "" : ` (${status})`}`, failureMessages ?? []),
    }));
    if (file.status === "failed" && failed.length === 0)
      failures.push({ name, line: `${name}: ${file.message?.split("\n")[0] ?? "could not run"}` });
    return { name, passed: file.assertionResults.length - failed.length, failures };
  });
  // An unhandled rejection or a failing teardown shows in the exit code alone.
  const silent = exitCode !== 0 && files.every(({ failures }) => failures.length === 0);
  return { files, outside: silent ? [`vitest ended with code ${exitCode ?? "none"}`] : [] };
}
