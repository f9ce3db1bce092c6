import { seedCommand } from "../build/commands";
import { runNode } from "../process/run-node";
import { readDemoCredentials } from "./demo-credentials";
import type { Progress } from "./progress";
import type { StartSettings } from "./settings";

/** Fills the demo organization on the first start; the credentials file, which the seed writes last, marks that it is done. */
export async function seedOnce(
  settings: StartSettings,
  environment: NodeJS.ProcessEnv,
  progress: Progress,
): Promise<void> {
  const known = readDemoCredentials(settings.dataDir);
  if (known?.baseUrl === settings.baseUrl) return;
  // At another address than last time the demo's links and connections follow.
  await progress.step(known ? "demo organization moved" : "demo organization created", async () => {
    await runSeed(environment);
    return true;
  });
}

async function runSeed(environment: NodeJS.ProcessEnv): Promise<void> {
  const { code, output } = await runNode([...seedCommand(), "demo"], environment);
  if (code !== 0)
    throw new Error(`The demo organization could not be created:\n${output.split("\n").slice(-20).join("\n")}`);
}
