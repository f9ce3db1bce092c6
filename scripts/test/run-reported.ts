import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../db/project-files";
import { productNode } from "../process/product-node";

/**
 * Runs a test runner, on the Node that runs the product, with its output on the terminal, and hands back the JSON report that it
 * wrote to the path it was given. A runner that ends without a report is an error.
 */
export async function runReported(
  command: (report: string) => { args: string[]; env: NodeJS.ProcessEnv },
): Promise<{ report: unknown; exitCode: number | null }> {
  const folder = mkdtempSync(join(tmpdir(), "holdpoint-report-"));
  const path = join(folder, "report.json");
  try {
    const { args, env } = command(path);
    const child = spawn(productNode().path, args, { cwd: projectRoot, stdio: ["ignore", "inherit", "inherit"], env });
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    if (!existsSync(path))
      throw new Error(`The test runner ended with code ${exitCode ?? "none"} and wrote no report.`);
    return { report: JSON.parse(readFileSync(path, "utf8")), exitCode };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
