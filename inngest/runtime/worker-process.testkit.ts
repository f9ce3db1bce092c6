import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import type { Pool } from "pg";
import { testKeys } from "./runtime.testkit";
import { eventually } from "./runtime.testkit";

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
    entryPoints: ["inngest/worker.ts"],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    alias: { "server-only": join(root, "tests/empty-module.ts") },
    logLevel: "error",
  });
  let child: ChildProcess | undefined;
  const output: string[] = [];

  const kill = async (): Promise<void> => {
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child?.once("exit", done));
    child.kill("SIGKILL");
    await ended;
  };
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
          NEXTAUTH_SECRET: "0123456789012345678901234567890123456789",
          HOLDPOINT_ENCRYPTION_KEYS: testKeys,
          HOLDPOINT_ALLOW_PRIVATE_HOSTS: "127.0.0.1,localhost",
          LOG_LEVEL: "warn",
        },
      });
      child.stdout?.on("data", (text: Buffer) => output.push(text.toString()));
      child.stderr?.on("data", (text: Buffer) => output.push(text.toString()));
      await eventually(
        async () => {
          if (child?.exitCode) throw new Error(`The worker ended:\n${output.join("")}`);
          return (await database.pool.query("select 1 from exec_workers where heartbeat_at > $1", [rows[0]?.now]))
            .rowCount;
        },
        (count) => count !== 0,
      );
    },
    kill,
    async close() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
