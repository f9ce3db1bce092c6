import { join } from "node:path";
import { projectRoot } from "../db/project-files";
import { runNode } from "../process/run-node";

export interface CheckPart {
  name: string;
  run(): Promise<CheckOutput>;
}

export interface CheckOutput {
  passed: boolean;
  output: string;
}

/** What the compiler and the rules about types say. It uses all cores by itself, and reads what a build writes: nothing runs beside it. */
export const typesAndLint = tool("types and lint", "oxlint", "bin/oxlint", ["--deny-warnings"]);

/** Everything else about the code that needs no running product. All of it must pass without a warning. */
export const otherParts: readonly CheckPart[] = [
  tool("our own lint rules", "eslint", "bin/eslint.js", ["--max-warnings", "0", "."]),
  tool("format", "prettier", "bin/prettier.cjs", ["--check", "--log-level", "warn", "."]),
  tool("unused code", "knip", "bin/knip.js", ["--no-progress", "--treat-config-hints-as-errors"]),
  { name: "import rules", run: importRules },
  {
    name: "schema and migrations",
    run: () => runPart(["--import", "tsx", "scripts/db.ts", "check"]),
  },
];

const moduleFloor = 400;

/** dependency-cruiser passes when it finds nothing to read, so the number of modules has a floor. */
async function importRules(): Promise<CheckOutput> {
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
  const config = [".dependency-cruiser.mjs", ...folders];
  const result = await runPart([binary("dependency-cruiser", "bin/dependency-cruise.mjs"), "--config", ...config]);
  const modules = Number(/\((\d+) modules/.exec(result.output)?.[1] ?? 0);
  if (!result.passed || modules >= moduleFloor) return result;
  return {
    ...result,
    passed: false,
    output: `Only ${modules} modules were read; the floor is ${moduleFloor}.\n${result.output}`,
  };
}

function tool(name: string, packageName: string, bin: string, args: string[]): CheckPart {
  return { name, run: () => runPart([binary(packageName, bin), ...args]) };
}

/** By path: not every package lets its package.json be resolved. */
function binary(packageName: string, bin: string): string {
  return join(projectRoot, "node_modules", packageName, bin);
}

async function runPart(args: string[]): Promise<CheckOutput> {
  const { code, output } = await runNode(args, { ...process.env, NO_COLOR: "1" });
  return { passed: code === 0, output };
}
