import { spawn } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../db/project-files";

export interface CheckPart {
  name: string;
  run(): Promise<CheckResult>;
}

export interface CheckResult {
  name: string;
  passed: boolean;
  seconds: number;
  output: string;
}

/** Everything about the code that needs no running product. All of it must pass without a warning. */
export const checkParts: CheckPart[] = [
  tool("format", "prettier", "bin/prettier.cjs", ["--check", "--log-level", "warn", "."]),
  tool("lint", "eslint", "bin/eslint.js", ["--max-warnings", "0", "."]),
  tool("types", "typescript", "bin/tsc", ["--noEmit", "--incremental", "false", "-p", "tsconfig.json"]),
  tool("unused code", "knip", "bin/knip.js", ["--no-progress", "--treat-config-hints-as-errors"]),
  { name: "import rules", run: importRules },
  {
    name: "schema and migrations",
    run: () => runNode("schema and migrations", ["--import", "tsx", "scripts/db.ts", "check"]),
  },
];

const moduleFloor = 400;

/** dependency-cruiser passes when it finds nothing to read, so the number of modules has a floor. */
async function importRules(): Promise<CheckResult> {
  const folders = [
    "app",
    "components",
    "connectors",
    "core",
    "inngest",
    "prisma",
    "scripts",
    "server",
    "steps",
    "tests",
  ];
  const config = [".dependency-cruiser.cjs", ...folders];
  const result = await runNode("import rules", [
    binary("dependency-cruiser", "bin/dependency-cruise.mjs"),
    "--config",
    ...config,
  ]);
  const modules = Number(/\((\d+) modules/.exec(result.output)?.[1] ?? 0);
  if (!result.passed || modules >= moduleFloor) return result;
  return {
    ...result,
    passed: false,
    output: `Only ${modules} modules were read; the floor is ${moduleFloor}.\n${result.output}`,
  };
}

function tool(name: string, packageName: string, bin: string, args: string[]): CheckPart {
  return { name, run: () => runNode(name, [binary(packageName, bin), ...args]) };
}

/** By path: not every package lets its package.json be resolved. */
function binary(packageName: string, bin: string): string {
  return join(projectRoot, "node_modules", packageName, bin);
}

async function runNode(name: string, args: string[]): Promise<CheckResult> {
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => output.push(text));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { name, passed: code === 0, seconds: (performance.now() - started) / 1000, output: output.join("").trim() };
}
