import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { projectRoot } from "@/scripts/db/project-files";
import { readDemoCredentials } from "@/scripts/start/demo-credentials";
import type { DemoCredentials } from "@/scripts/start/demo-credentials";

export interface Instance {
  baseUrl: string;
  dataDir: string;
  credentials: DemoCredentials;
  /** Process number of `web` or `worker` at this moment. */
  pid(name: ProcessName): number;
  /** Ends a process with -9 and resolves with the number of the one that `npm start` put in its place. */
  kill(name: ProcessName): Promise<number>;
  /** Stops the product like Ctrl-C and deletes its data, unless they are to be kept. */
  stop(options?: { keepData: boolean }): Promise<void>;
}

export type ProcessName = "web" | "worker";

/** The whole product, as `npm start` starts it, on a free port with a data directory of its own, or the one that is given. */
export async function startInstance(
  environment: Record<string, string> = {},
  dataDir = mkdtempSync(join(tmpdir(), "holdpoint-instance-")),
): Promise<Instance> {
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: projectRoot,
    env: {
      ...withoutProduct(process.env),
      NODE_ENV: "production",
      PORT: "0",
      HOLDPOINT_DATA_DIR: dataDir,
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const ended = new Promise<void>((resolve) =>
    child.once("exit", () => {
      resolve();
    }),
  );
  await new Promise<void>((resolve, reject) => {
    const read = (text: string): void => {
      output += text;
      if (output.includes("Holdpoint is running at")) resolve();
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    child.once("error", reject);
    child.once("exit", () => {
      reject(new Error(`npm start ended:\n${output}`));
    });
  });
  return {
    ...attachInstance(dataDir),
    stop: async ({ keepData } = { keepData: false }) => {
      child.kill("SIGTERM");
      await ended;
      if (!keepData) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The running instance that owns a data directory, seen from another process. */
export function attachInstance(dataDir: string): Omit<Instance, "stop"> {
  const credentials = readDemoCredentials(dataDir);
  if (!credentials) throw new Error(`There is no demo-credentials.json in ${dataDir}.`);
  const pid = (name: ProcessName): number =>
    Number.parseInt(readFileSync(join(dataDir, "run", `${name}.pid`), "utf8"), 10);
  return { baseUrl: credentials.baseUrl, dataDir, credentials, pid, kill: (name) => killAndAwait(() => pid(name)) };
}

async function killAndAwait(pid: () => number): Promise<number> {
  const before = pid();
  process.kill(before, "SIGKILL");
  for (;;) {
    await delay(20);
    const now = await Promise.resolve()
      .then(pid)
      .catch(() => Number.NaN);
    if (!Number.isNaN(now) && now !== before) return now;
  }
}

/** Settings of the caller's own instance must not reach the one under test. */
function withoutProduct(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours = /^(HOLDPOINT_|INNGEST_|NEXTAUTH_|DATABASE_URL$|SMTP_URL$|TZ$|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !ours.test(name))) as NodeJS.ProcessEnv;
}
