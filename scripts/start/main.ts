import { buildIfStale } from "../build/build";
import { webCommand, workerCommand } from "../build/commands";
import { generatePrismaClient } from "../db/prisma-client";
import { productNode } from "../process/product-node";
import { announce } from "./announce";
import { checkEnvironment, childEnvironment } from "./child-environment";
import { startDatabase } from "./database";
import { waitUntilHealthy } from "./health";
import { lockDataDirectory } from "./instance-lock";
import { createProgress } from "./progress";
import { seedOnce } from "./seed";
import { processesOf } from "./role";
import { readSettings } from "./settings";
import { createShutdown } from "./shutdown";
import { supervise } from "./supervise";

/** `npm start`: brings up what this machine's role says, keeps it up, and takes it down in order on SIGINT or SIGTERM. */
export async function start(): Promise<void> {
  // Whoever reads our output may go away; that is no reason to take the instance down.
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);
  const shutdown = createShutdown();
  try {
    const progress = createProgress();
    const settings = await readSettings();
    shutdown.onStop("data directory", lockDataDirectory(settings.dataDir));

    generatePrismaClient();
    checkEnvironment(settings);
    const [database] = await Promise.all([
      startDatabase(settings, progress, shutdown),
      progress.step("built", () => buildIfStale(progress)),
    ]);
    const environment = childEnvironment(settings, database.app);
    if (settings.demo && settings.role !== "worker") await seedOnce(settings, environment, progress);

    const commands = { worker: workerCommand, web: () => webCommand(settings) };
    const node = productNode();
    if (node.fallback !== undefined) progress.note(node.fallback);
    const processes = processesOf[settings.role].map((name) => {
      const supervised = supervise({
        name,
        node: node.path,
        command: commands[name](),
        environment,
        dataDir: settings.dataDir,
      });
      shutdown.onStop(name, supervised.stop, supervised.kill);
      return supervised;
    });
    await progress.step("ready", async () => {
      await waitUntilHealthy(settings, processes);
      return true;
    });
    announce(settings);
  } catch (error) {
    if (!shutdown.stopping) console.error(error instanceof Error ? error.message : error);
    await shutdown.stop(1);
  }
}
