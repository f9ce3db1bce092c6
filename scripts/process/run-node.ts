import { spawn } from "node:child_process";
import { constants, setPriority } from "node:os";
import { projectRoot } from "../db/project-files";
import { productNode } from "./product-node";

/** Runs the product's Node to its end, in the project's folder, and collects what it says on both streams. `quietly`: while nobody else works. */
export async function runNode(
  args: string[],
  env: NodeJS.ProcessEnv,
  quietly = false,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(productNode().path, args, { cwd: projectRoot, env, stdio: ["ignore", "pipe", "pipe"] });
  if (quietly && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => output.push(text));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { code, output: output.join("").trim() };
}
