interface Part {
  name: string;
  stop: () => Promise<void> | void;
  kill?: (() => void) | undefined;
}

export interface Shutdown {
  readonly stopping: boolean;
  /** Adds something to stop; the last added is stopped first. `kill` ends it at once, for people who cannot wait. */
  onStop(name: string, stop: () => Promise<void> | void, kill?: () => void): void;
  /** Stops everything in order and ends the process. */
  stop(exitCode: number): Promise<void>;
}

/** One Ctrl-C arrives twice when npm, which gets it too, passes it on: what follows this soon is the same one, ms. */
const sameSignalMs = 500;

/**
 * Takes the instance down in reverse order of how it came up, on the first SIGINT, SIGTERM or SIGHUP. A second one does not wait
 * for requests and steps under way.
 */
export function createShutdown(now: () => number = () => performance.now()): Shutdown {
  const parts: Part[] = [];
  let stopping: Promise<void> | undefined;
  let firstSignalAt: number | undefined;
  let hurried = false;

  async function stopAll(exitCode: number): Promise<void> {
    for (let part = parts.at(-1); part; part = parts.at(-1)) {
      if (hurried) part.kill?.();
      try {
        await part.stop();
      } catch (error) {
        console.error(`${part.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
      parts.pop();
    }
    process.exit(exitCode);
  }

  function hurry(): void {
    if (hurried || firstSignalAt === undefined || now() - firstSignalAt < sameSignalMs) return;
    hurried = true;
    console.log("Stopping at once …");
    for (const part of parts) part.kill?.();
  }

  const shutdown: Shutdown = {
    get stopping() {
      return stopping !== undefined;
    },
    onStop: (name, stop, kill) => {
      parts.push({ name, stop, kill });
    },
    stop: (exitCode) => (stopping ??= stopAll(exitCode)),
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      hurry();
      if (firstSignalAt === undefined) console.log("\nStopping … (again: at once)");
      firstSignalAt ??= now();
      void shutdown.stop(0);
    });
  }
  stopWithParent(shutdown);
  return shutdown;
}

/** A shell that was started for us and killed does not pass the signal on; being handed to another parent tells. */
function stopWithParent(shutdown: Shutdown): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    void shutdown.stop(0);
  }, 250);
  timer.unref();
}
