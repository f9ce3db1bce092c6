import { setTimeout as delay } from "node:timers/promises";
import { reachable } from "./settings";
import type { StartSettings } from "./settings";
import type { Supervised } from "./supervise";

const patienceMs = 180_000;
const crashesThatMeanBroken = 5;

/** Resolves when `GET /api/health` answers 200. Throws when a process cannot stay up or three minutes have passed. */
export async function waitUntilHealthy(settings: StartSettings, processes: Supervised[]): Promise<void> {
  const url = `http://${reachable(settings.host)}:${settings.port}/api/health`;
  const deadline = performance.now() + patienceMs;
  let last = "no answer";
  while (performance.now() < deadline) {
    const broken = processes.find((each) => each.crashes >= crashesThatMeanBroken);
    if (broken)
      throw new Error(`The ${broken.name} process does not stay up. The end of its log:\n${broken.lastLines()}`);
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
      last = `${response.status} ${(await response.text()).slice(0, 300)}`;
      if (response.status === 200) return;
    } catch {
      // Not listening yet.
    }
    await delay(100);
  }
  throw new Error(`${url} is not healthy after three minutes: ${last}`);
}
