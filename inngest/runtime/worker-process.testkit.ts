import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import type { Pool } from "pg";
import { freePort } from "@/scripts/postgres/free-port";
import { inngestServer } from "./patience.testkit";
import { eventually, testKeys } from "./runtime.testkit";
import { retireApp, syncApp, urlAt } from "./served-app.testkit";

/** A real worker process on a test database, to be killed. */
export interface WorkerProcess {
  start(): Promise<void>;
  /** SIGKILL: nothing is told to anybody. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

export async function createWorkerProcess(database: { url: string; pool: Pool }): Promise<WorkerProcess> {
  const root = resolve(import.meta.dirname, "../..");
  // Beside the packages it imports.
  const folder = mkdtempSync(join(root, "node_modules/.worker-"));
  const file = join(folder, "worker.mjs");
  await build({
    absWorkingDir: root,
    entryPoints: [inngestServer === undefined ? "inngest/worker.ts" : "inngest/runtime/served-process.testkit.ts"],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    alias: { "server-only": join(root, "scripts/build/empty-module.ts") },
    logLevel: "error",
  });
  // A real server finds the restarted process where the killed one was.
  const port = inngestServer === undefined ? 0 : await freePort();
  let child: ChildProcess | undefined;
  const output: string[] = [];

  const kill = async (): Promise<void> => {
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child?.once("exit", done));
    child.kill("SIGKILL");
    await ended;
  };
  const hasHeartbeat = async (since: Date | undefined): Promise<boolean> =>
    (await database.pool.query("select 1 from exec_workers where heartbeat_at > $1", [since])).rowCount !== 0;
  return {
    async start() {
      const { rows } = await database.pool.query<{ now: Date }>("select now() as now");
      child = spawn(process.execPath, [file], {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          PATH: process.env["PATH"],
          NODE_ENV: "production",
          DATABASE_URL: database.url,
          NEXTAUTH_SECRET: "a-secret-that-is-long-enough-for-this-test",
          HOLDPOINT_ENCRYPTION_KEYS: testKeys,
          HOLDPOINT_ALLOW_PRIVATE_HOSTS: "127.0.0.1,localhost",
          LOG_LEVEL: "warn",
          PORT: String(port),
          ...Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith("INNGEST_"))),
        },
      });
      child.stdout?.on("data", (text: Buffer) => output.push(text.toString()));
      child.stderr?.on("data", (text: Buffer) => output.push(text.toString()));
      const isReady = inngestServer === undefined ? () => hasHeartbeat(rows[0]?.now) : () => answersAt(port);
      await eventually(
        () => {
          if (child?.exitCode) throw new Error(`The worker ended:\n${output.join("")}`);
          return isReady();
        },
        (ready) => ready,
      );
      if (inngestServer !== undefined) await syncApp(urlAt(port));
    },
    kill,
    async close() {
      await kill();
      if (inngestServer !== undefined) await retireApp("holdpoint");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const answersAt = (port: number): Promise<boolean> =>
  fetch(urlAt(port)).then(
    () => true,
    () => false,
  );
