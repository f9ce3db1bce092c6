import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";

export interface PeerProcess {
  pid: number;
  /** Ends it at once: nothing of what it has stored is kept. */
  stop(): Promise<void>;
  /** Settles when the test passes; throws what the process said last when it ends before, or when half a minute has passed. */
  until(isReady: (said: string) => Promise<boolean> | boolean): Promise<void>;
}

/** Of the caller's environment only what programs need to run: settings for an engine of one's own must not reach the measured one. */
const passedOn = ["PATH", "HOME", "TMPDIR", "TEMP", "SystemRoot"];

const patienceMs = 30_000;

/** Starts a process of a peer. */
export function startPeerProcess(
  program: string,
  args: string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string> },
): PeerProcess {
  const inherited = Object.fromEntries(passedOn.map((name) => [name, process.env[name]]));
  const child = spawn(program, args, {
    cwd,
    env: { ...inherited, NODE_ENV: "production", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-4_000);
    });
  }
  let isGone = false;
  const gone = new Promise<void>((resolve) => {
    const settle = (): void => {
      isGone = true;
      resolve();
    };
    child.once("exit", settle);
    child.once("error", (error) => {
      said += error.message;
      settle();
    });
  });
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill("SIGKILL");
      await gone;
    },
    until: async (isReady) => {
      const end = performance.now() + patienceMs;
      while (!(await isReady(said))) {
        if (isGone || performance.now() > end) throw new Error(`It did not start: ${said.trim()}`);
        await delay(50);
      }
    },
  };
}
