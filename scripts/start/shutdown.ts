export interface Shutdown {
  readonly stopping: boolean;
  /** Adds something to stop; the last added is stopped first. */
  onStop(name: string, stop: () => Promise<void> | void): void;
  /** Stops everything in order and ends the process. */
  stop(exitCode: number): Promise<void>;
}

/** Takes the instance down in reverse order of how it came up, on the first SIGINT, SIGTERM or SIGHUP. */
export function createShutdown(): Shutdown {
  const parts: { name: string; stop: () => Promise<void> | void }[] = [];
  let stopping: Promise<void> | undefined;

  async function stopAll(exitCode: number): Promise<void> {
    for (let part = parts.pop(); part; part = parts.pop()) {
      try {
        await part.stop();
      } catch (error) {
        console.error(`${part.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    process.exit(exitCode);
  }

  const shutdown: Shutdown = {
    get stopping() {
      return stopping !== undefined;
    },
    onStop: (name, stop) => {
      parts.push({ name, stop });
    },
    stop: (exitCode) => (stopping ??= stopAll(exitCode)),
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (!shutdown.stopping) console.log("\nStopping …");
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
