import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { projectRoot } from "@/scripts/db/project-files";
import { eventually, testKeys } from "@/inngest/runtime/runtime.testkit";

/** A real process of the product, that can be hurt. */
export interface Child {
  pid: number;
  /** SIGKILL: nothing is told to anybody. */
  kill(): Promise<void>;
  /** SIGTERM: it hands over what it does and ends. */
  stop(): Promise<void>;
  /** SIGSTOP: it is there and does nothing, until `wake`. */
  freeze(): void;
  wake(): void;
}

export interface Children {
  /** Starts `file` with the settings that all processes share and some of its own; resolves when `isReady` says so. */
  start(file: string, settings: Record<string, string>, isReady: (pid: number) => Promise<boolean>): Promise<Child>;
  /** What processes said that ended without being asked to. */
  crashes: string[];
  /** How often one was really killed, and really ended by itself when it was asked to. */
  ended: { killed: number; stopped: number };
  close(): Promise<void>;
}

/** Far more than a start takes, also on a machine that does much else. */
export const startLimitMs = 180_000;

/** Processes of one kind on one database, all with the same settings. */
export function createChildren(kind: string, databaseUrl: string): Children {
  const living = new Set<ChildProcess>();
  const ended = { killed: 0, stopped: 0 };
  const crashes: string[] = [];

  async function end(child: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    if (hasEnded(child)) throw new Error(`The ${kind} had ended before.`);
    const exit = once(child, "exit");
    living.delete(child);
    child.kill(signal);
    const [code, by] = (await exit) as [number | null, string | null];
    if (by === "SIGKILL") ended.killed += 1;
    if (code === 0) ended.stopped += 1;
    if (signal === "SIGTERM" && code !== 0) throw new Error(`The ${kind} ended with ${String(code ?? by)}.`);
  }

  return {
    crashes,
    ended,
    async start(file, settings, isReady) {
      const output: string[] = [];
      const child = spawn(process.execPath, [file], {
        cwd: projectRoot,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          PATH: process.env["PATH"],
          // Compiled once for all of them.
          NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
          NODE_ENV: "production",
          DATABASE_URL: databaseUrl,
          NEXTAUTH_SECRET: "a-secret-that-is-long-enough-for-this-test",
          HOLDPOINT_ENCRYPTION_KEYS: testKeys,
          HOLDPOINT_ALLOW_PRIVATE_HOSTS: "127.0.0.1,localhost",
          LOG_LEVEL: "error",
          // With a real server every process of the product knows it.
          ...Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith("INNGEST_"))),
          ...settings,
        },
      });
      living.add(child);
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (text: Buffer) => output.push(text.toString()));
      child.once("exit", (code, signal) => {
        if (living.has(child)) crashes.push(`${String(code ?? signal)}: ${output.join("")}`);
      });
      await eventually(
        () => {
          if (hasEnded(child)) throw new Error(`The ${kind} ended:\n${output.join("")}`);
          return isReady(child.pid ?? 0);
        },
        (ready) => ready,
        startLimitMs,
      );
      return {
        pid: child.pid ?? 0,
        kill: () => end(child, "SIGKILL"),
        stop: () => end(child, "SIGTERM"),
        freeze: () => void child.kill("SIGSTOP"),
        wake: () => void child.kill("SIGCONT"),
      };
    },
    async close() {
      await Promise.all([...living].map((child) => end(child, "SIGKILL").catch(() => undefined)));
    },
  };
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;
