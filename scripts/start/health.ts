import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { reachable } from "./settings";
import type { StartSettings } from "./settings";
import type { Supervised } from "./supervise";

const patienceMs = 180_000;
const crashesThatMeanBroken = 5;

/** Resolves when the processes of this machine are ready. Throws when one cannot stay up or three minutes have passed. */
export async function waitUntilHealthy(settings: StartSettings, processes: Supervised[]): Promise<void> {
  const url = healthAddress(settings);
  const deadline = performance.now() + patienceMs;
  let last = "no answer";
  while (performance.now() < deadline) {
    const broken = processes.find((each) => each.crashes >= crashesThatMeanBroken);
    if (broken)
      throw new Error(`The ${broken.name} process does not stay up. The end of its log:\n${broken.lastLines()}`);
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
      const body = healthSchema.parse(await response.json());
      if (response.status === 200 || onlyWorkersAreMissing(settings, body)) return;
      last = body.problems.join(" ");
    } catch {
      // Not listening yet.
    }
    await delay(100);
  }
  throw new Error(`Not ready after three minutes: ${last}`);
}

const healthSchema = z.object({ missing: z.array(z.string()).default([]), problems: z.array(z.string()).default([]) });

function healthAddress({ host, port, role, workerPort }: StartSettings): string {
  const machine = `http://${reachable(host)}`;
  return role === "worker" ? `${machine}:${workerPort ?? ""}/health` : `${machine}:${port}/api/health`;
}

/** A machine that serves pages does so while the workers, which run on others, are not there yet. */
function onlyWorkersAreMissing({ role }: StartSettings, { missing }: { missing: string[] }): boolean {
  return role === "web" && missing.length === 1 && missing[0] === "worker";
}
