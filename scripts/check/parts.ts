import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot } from "../db/project-files";
import { runNode } from "../process/run-node";

export interface CheckPart {
  name: string;
  /** `quietly`: while nobody else works. */
  run(quietly?: boolean): Promise<CheckOutput>;
}

export interface CheckOutput {
  passed: boolean;
  output: string;
  /** How much of it was looked at, e.g. "1,973 files, 78 rules". */
  read?: string;
}

/** What the compiler and the rules about types say. It uses all cores by itself, and reads what a build writes: nothing runs beside it. */
export const typesAndLint: CheckPart = {
  name: "types and lint",
  run: async () =>
    counted(await runPart([binary("oxlint", "bin/oxlint"), "--deny-warnings"]), / on (\d+) files with (\d+) rules/, {
      files: 400,
      rules: 70,
    }),
};

/** Everything else about the code that needs no running product. All of it must pass without a warning. */
export const otherParts: readonly CheckPart[] = [
  tool("our own lint rules", "eslint", "bin/eslint.js", ["--max-warnings", "0", "."]),
  tool("format", "oxfmt", "bin/oxfmt", ["--check", "."]),
  tool("unused code", "knip", "bin/knip.js", ["--no-progress", "--treat-config-hints-as-errors"]),
  { name: "import rules", run: importRules },
  {
    name: "schema and migrations",
    run: (quietly) => runPart(["--import", "tsx", "scripts/db.ts", "check"], quietly),
  },
];

async function importRules(quietly?: boolean): Promise<CheckOutput> {
  const folders = "app channels components connectors core inngest prisma scripts server steps tests triggers".split(
    " ",
  );
  const cruiser = binary("dependency-cruiser", "bin/dependency-cruise.mjs");
  const result = await runPart([cruiser, "--config", ".dependency-cruiser.mjs", ...folders], quietly);
  const rules = pathToFileURL(join(projectRoot, ".dependency-cruiser.mjs")).href;
  const { default: config } = (await import(rules)) as { default: { forbidden: unknown[] } };
  const withRules = { ...result, output: `${String(config.forbidden.length)} rules\n${result.output}` };
  return counted(withRules, /^(\d+) rules[^]*\((\d+) modules/, { rules: 30, modules: 400 });
}

/** Tools pass when they find nothing to read: what they have read has a floor. `said` finds the numbers in the order of `floors`. */
function counted(result: CheckOutput, said: RegExp, floors: Record<string, number>): CheckOutput {
  const found = said.exec(result.output)?.slice(1).map(Number) ?? [];
  const counts = Object.entries(floors).map(([what, floor], index) => ({ what, floor, count: found[index] ?? 0 }));
  const read = counts.map(({ what, count }) => `${count.toLocaleString("en-US")} ${what}`).join(", ");
  const few = counts.filter(({ count, floor }) => count < floor);
  if (!result.passed || few.length === 0) return { ...result, read };
  const words = few.map(({ what, count, floor }) => `Only ${String(count)} ${what}; the floor is ${String(floor)}.`);
  return { passed: false, output: `${words.join(" ")}\n${result.output}`, read };
}

function tool(name: string, packageName: string, bin: string, args: string[]): CheckPart {
  return { name, run: (quietly) => runPart([binary(packageName, bin), ...args], quietly) };
}

/** By path: not every package lets its package.json be resolved. */
function binary(packageName: string, bin: string): string {
  return join(projectRoot, "node_modules", packageName, bin);
}

async function runPart(args: string[], quietly?: boolean): Promise<CheckOutput> {
  const { code, output } = await runNode(args, { ...process.env, NO_COLOR: "1" }, quietly);
  return { passed: code === 0, output };
}
