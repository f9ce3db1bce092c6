import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import type { Pool } from "pg";
import { eventually, testKeys } from "@/inngest/runtime/runtime.testkit";

/** A real worker process, all with the same settings. */
export interface Worker {
  pid: number;
  /** SIGKILL: nothing is told to anybody. */
  kill(): Promise<void>;
  /** SIGTERM: it hands over what it does and ends. */
  stop(): Promise<void>;
  /** SIGSTOP: it is there and does nothing, until `wake`. */
  freeze(): void;
  wake(): void;
}

export interface Fleet {
  /** Resolves when the worker has said that it is there. */
  start(): Promise<Worker>;
  /** What workers said that ended without being asked to. */
  crashes: string[];
  /** How often a worker was really killed, and really ended by itself when it was asked to. */
  ended: { killed: number; stopped: number };
  close(): Promise<void>;
}

export async function createFleet(
  database: { url: string; pool: Pool },
  environment: Record<string, string> = {},
): Promise<Fleet> {
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
    alias: { "server-only": join(root, "scripts/build/empty-module.ts") },
    logLevel: "error",
  });
  const children = new Set<ChildProcess>();
  const ended = { killed: 0, stopped: 0 };
  const crashes: string[] = [];

  async function end(child: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error("The worker had ended before.");
    const exit = once(child, "exit");
    children.delete(child);
    child.kill(signal);
    const [code, by] = (await exit) as [number | null, string | null];
    if (by === "SIGKILL") ended.killed += 1;
    if (code === 0) ended.stopped += 1;
    if (signal === "SIGTERM" && code !== 0) throw new Error(`The worker ended with ${String(code ?? by)}.`);
  }

  async function start(): Promise<Worker> {
    const output: string[] = [];
    const child = spawn(process.execPath, [file], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env["PATH"],
        NODE_ENV: "production",
        DATABASE_URL: database.url,
        NEXTAUTH_SECRET: "a-secret-that-is-long-enough-for-this-test",
        HOLDPOINT_ENCRYPTION_KEYS: testKeys,
        HOLDPOINT_ALLOW_PRIVATE_HOSTS: "127.0.0.1,localhost",
        LOG_LEVEL: "error",
        ...environment,
      },
    });
    children.add(child);
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text: Buffer) => output.push(text.toString()));
    child.once("exit", (code, signal) => {
      if (children.has(child)) crashes.push(`${String(code ?? signal)}: ${output.join("")}`);
    });
    await eventually(
      async () => {
        if (child.exitCode !== null) throw new Error(`The worker ended:\n${output.join("")}`);
        const { rowCount } = await database.pool.query("select 1 from exec_workers where pid = $1 and not dead", [
          child.pid,
        ]);
        return rowCount;
      },
      (count) => count !== 0,
    );
    return {
      pid: child.pid ?? 0,
      kill: () => end(child, "SIGKILL"),
      stop: () => end(child, "SIGTERM"),
      freeze: () => void child.kill("SIGSTOP"),
      wake: () => void child.kill("SIGCONT"),
    };
  }

  return {
    start,
    crashes,
    ended,
    async close() {
      await Promise.all([...children].map((child) => end(child, "SIGKILL").catch(() => undefined)));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
