import { spawn } from "node:child_process";
import { seedCommand } from "../build/commands";
import { projectRoot } from "../db/project-files";
import { readDemoCredentials, updateBaseUrl } from "./demo-credentials";
import type { Progress } from "./progress";
import type { StartSettings } from "./settings";

/** Fills the demo organization on the first start; the credentials file, which the seed writes last, marks that it is done. */
export async function seedOnce(
  settings: StartSettings,
  environment: NodeJS.ProcessEnv,
  progress: Progress,
): Promise<void> {
  if (readDemoCredentials(settings.dataDir)) {
    updateBaseUrl(settings.dataDir, settings.baseUrl);
    return;
  }
  await progress.step("demo organization created", async () => {
    await runSeed(environment);
    return true;
  });
}

async function runSeed(environment: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [...seedCommand(), "demo"], {
    cwd: projectRoot,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => output.push(text));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0)
    throw new Error(
      `The demo organization could not be created:\n${output.join("").trim().split("\n").slice(-20).join("\n")}`,
    );
}
