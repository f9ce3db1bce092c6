import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { projectRoot } from "../db/project-files";
import { watchBeats } from "./watch-beats";
import { openLog } from "./process-log";

export interface SupervisedOptions {
  /** Names `run/<name>.pid` and `logs/<name>.log` in the data directory. */
  name: string;
  /** The Node that runs it, and its arguments. */
  node: string;
  command: string[];
  environment: NodeJS.ProcessEnv;
  dataDir: string;
  /** Seconds without a beat after which it counts as hung and another takes its place. */
  silentSeconds?: number;
}

export interface Supervised {
  name: string;
  /** How often it ended by itself since the last time it stayed up for a minute. */
  readonly crashes: number;
  lastLines(): string;
  /** Resolves when the process has finished what is under way and is gone. */
  stop(): Promise<void>;
  /** Ends it at once; whoever waits for `stop` waits no longer. */
  kill(): void;
}

/** Waiting time before the next start, by crashes in a row, in milliseconds: at once at first, calmer in a crash loop. */
const backOff = [50, 250, 1_000, 2_000, 5_000, 10_000];
const stableAfterMs = 60_000;
/** Longer than the processes themselves give to what is under way (15 s), so that they end by their own account. */
const graceMs = 20_000;

/** Keeps one process running until `stop`: whatever ends or goes silent is replaced. */
export function supervise(options: SupervisedOptions): Supervised {
  const { name, node, command, environment, dataDir, silentSeconds } = options;
  const pidFile = join(dataDir, "run", `${name}.pid`);
  mkdirSync(join(dataDir, "run"), { recursive: true });
  const log = openLog(join(dataDir, "logs"), name);
  const preloaded = fileURLToPath(new URL("./supervised.mjs", import.meta.url));
  let child: ChildProcess | undefined;
  let crashes = 0;
  let faultyPid: number | undefined;
  const stopping = new AbortController();

  const isStopping = (): boolean => stopping.signal.aborted;

  async function keepRunning(): Promise<void> {
    while (!isStopping()) {
      const started = performance.now();
      // Detached: Ctrl-C in the terminal reaches the supervisor only, which then stops the processes in order.
      const faulty = faultyPid === undefined ? {} : { HOLDPOINT_FAULTY_PID: String(faultyPid) };
      child = spawn(node, ["--import", preloaded, ...command], {
        cwd: projectRoot,
        env: { ...environment, ...faulty },
        stdio: ["ignore", log.descriptor, log.descriptor, "ipc"],
        detached: true,
      });
      if (child.pid !== undefined) writeFileSync(pidFile, `${child.pid}\n`);
      const stopWatching = watchBeats(child, silentSeconds);
      const how = await ended(child);
      faultyPid = stopWatching() || crashed(child) ? child.pid : undefined;
      rmSync(pidFile, { force: true });
      if (isStopping()) return;
      crashes = performance.now() - started > stableAfterMs ? 1 : crashes + 1;
      console.error(`The ${name} process ended (${how}); starting it again. Its log: ${log.path}`);
      const wait = backOff[Math.min(crashes, backOff.length) - 1] ?? 0;
      await delay(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const running = keepRunning();
  return {
    name,
    get crashes() {
      return crashes;
    },
    lastLines: log.lastLines,
    stop: async () => {
      stopping.abort();
      child?.kill("SIGTERM");
      const kill = setTimeout(() => child?.kill("SIGKILL"), graceMs);
      await running;
      clearTimeout(kill);
      log.close();
    },
    kill: () => {
      stopping.abort();
      child?.kill("SIGKILL");
    },
  };
}

/** By itself: an error that nobody caught, or the end of its memory. Whoever ends it from outside uses other signals. */
function crashed({ exitCode, signalCode }: ChildProcess): boolean {
  return signalCode === null ? exitCode !== 0 : crashSignals.has(signalCode);
}

const crashSignals: ReadonlySet<string> = new Set(["SIGABRT", "SIGSEGV", "SIGBUS", "SIGILL", "SIGTRAP", "SIGFPE"]);

function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => {
      resolve(error.message);
    });
    child.once("exit", (code, signal) => {
      resolve(signal ?? `exit code ${code ?? "unknown"}`);
    });
  });
}
