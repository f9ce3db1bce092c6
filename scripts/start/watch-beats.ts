import type { ChildProcess } from "node:child_process";

const beatMs = 1_000;
const usualSilence = 10;

/**
 * Ends a process that has told nothing for so many seconds: its one thread hangs, and nobody it serves gets an answer. Counted from
 * its first beat on, and in beats that did not come, so that a computer that slept wakes up with everything alive. Returns how to
 * stop watching, which tells whether it hung.
 */
export function watchBeats(child: ChildProcess, silentSeconds = usualSilence): () => boolean {
  let missed: number | null = null;
  let hung = false;
  child.on("message", () => {
    missed = 0;
  });
  const timer = setInterval(() => {
    if (missed === null) return;
    missed += 1;
    if (missed <= silentSeconds) return;
    console.error(`Process ${String(child.pid ?? "")} has been silent for ${String(silentSeconds)} s; it is ended.`);
    hung = true;
    child.kill("SIGKILL");
  }, beatMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    return hung;
  };
}
