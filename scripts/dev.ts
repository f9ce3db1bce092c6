import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { renewDemoLink } from "../server/auth/demo-link";
import { buildBundles } from "./build/build";
import { generatePrismaClient } from "./db/prisma-client";
import { projectRoot } from "./db/project-files";
import { productNode } from "./process/product-node";
import { checkEnvironment, childEnvironment } from "./start/child-environment";
import { startDatabase } from "./start/database";
import { readDemoCredentials } from "./start/demo-credentials";
import { lockDataDirectory } from "./start/instance-lock";
import { createProgress } from "./start/progress";
import { seedOnce } from "./start/seed";
import { readSettings } from "./start/settings";
import { createShutdown } from "./start/shutdown";
import type { Shutdown } from "./start/shutdown";

// `npm run dev`: the instance of `npm start`, with the web application and the worker reloading on every change.
const shutdown = createShutdown();
const require = createRequire(import.meta.url);
try {
  const progress = createProgress();
  const settings = await readSettings();
  shutdown.onStop("data directory", lockDataDirectory(settings.dataDir));
  generatePrismaClient();
  checkEnvironment(settings);
  const { app: url } = await startDatabase(settings, progress, shutdown);
  const environment: NodeJS.ProcessEnv = { ...childEnvironment(settings, url), NODE_ENV: "development" };
  if (settings.demo && !readDemoCredentials(settings.dataDir)) await buildBundles();
  if (settings.demo) await seedOnce(settings, environment, progress);
  if (settings.demo) console.log(`Sign in with one click: ${renewDemoLink(settings.dataDir) ?? settings.baseUrl}`);
  const node = productNode();
  if (node.fallback !== undefined) progress.note(node.fallback);
  runUntilStop(shutdown, "worker", node.path, environment, [
    require.resolve("tsx/cli"),
    "watch",
    "--conditions=react-server",
    "inngest/worker.ts",
  ]);
  runUntilStop(shutdown, "web", node.path, environment, [require.resolve("tsx/cli"), "scripts/dev/web.ts"]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await shutdown.stop(1);
}

/** Output goes to the terminal; when one of the two ends, so does everything. */
function runUntilStop(stopper: Shutdown, name: string, node: string, env: NodeJS.ProcessEnv, args: string[]): void {
  const child = spawn(node, args, {
    cwd: projectRoot,
    env,
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  void ended.then(() => stopper.stop(1));
  stopper.onStop(name, async () => {
    // The whole group: `next dev` and `tsx watch` run what they reload in processes of their own.
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, "SIGTERM");
    await ended;
  });
}
