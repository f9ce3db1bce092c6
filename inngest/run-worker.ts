import { randomBytes } from "node:crypto";
import { closeDemoUnlessOn } from "@/server/auth/demo-organizations";
import { closePrisma } from "@/server/db/client";
import { warnOfOwnerRole } from "@/server/db/owner-role";
import { closePools, groupWriter, hotPool } from "@/server/db/pools";
import { env } from "@/server/env";
import { logger } from "@/server/logger";
import { startAuditSealer } from "./audit-sealer";
import { createInngest } from "./client";
import { createEmbeddedExecutor } from "./embedded/executor";
import { createFetchShim } from "./embedded/fetch-shim";
import { createFunctions } from "./functions/catalogue";
import { startRemote } from "./remote/start-remote";
import { startRetention } from "./retention";
import { startScheduler } from "./scheduler";
import { startSweeper } from "./sweeper";

/** The worker process: runs the durable functions, called by the embedded executor or a real Inngest server, and sweeps. */
export async function runWorker(): Promise<void> {
  const log = logger();
  const { inngestServer } = env();
  await Promise.all([warnOfOwnerRole(), closeDemoUnlessOn()]);
  const driver = inngestServer.kind === "embedded" ? await startEmbedded() : await startRemote(inngestServer);
  const sweeper = startSweeper();
  const scheduler = startScheduler(env().DATABASE_URL, log);
  const retention = startRetention();
  const auditSealer = startAuditSealer();
  log.info({ drivenBy: inngestServer.kind }, "worker is ready");
  const stop = async (): Promise<void> => {
    sweeper.stop();
    retention.stop();
    await scheduler.stop();
    await driver.stop();
    await auditSealer.stop();
    await closePools();
    await closePrisma();
    process.exit(0);
  };
  let stopping: Promise<void> | undefined;
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void (stopping ??= stop()));
}

async function startEmbedded(): Promise<{ stop(): Promise<void> }> {
  const fetch = createFetchShim();
  // Nothing leaves this process, so nobody else needs the key.
  const client = createInngest({ fetch, signingKey: randomBytes(32).toString("hex"), logger: logger() });
  const faultyPid = env().HOLDPOINT_FAULTY_PID;
  const executor = createEmbeddedExecutor({
    pool: hotPool(),
    listenClient: { connectionString: env().DATABASE_URL },
    writer: groupWriter(),
    client,
    functions: createFunctions(client),
    logger: logger(),
    workerName: env().HOLDPOINT_WORKER_NAME,
    ...(faultyPid === undefined ? {} : { faultyPid }),
    leaseMs: env().HOLDPOINT_WORKER_SILENT_SECONDS * 1_000,
    stopGraceMs: env().HOLDPOINT_STOP_GRACE_SECONDS * 1_000,
  });
  await executor.start();
  fetch.bind(executor);
  return executor;
}
