import { Cron } from "croner";
import type { Clock } from "@/core/ports";
import type { JsonObject } from "@/core/json";
import type { Catalog } from "./function-catalog";
import { startOf } from "./run-start";
import type { Store } from "./store";

/** `TZ=Europe/Berlin 0 9 * * 1` */
const zonePattern = /^(?:CRON_)?TZ=(\S+)\s+(.+)$/;

/**
 * Cron triggers. The next tick is a row that moves on by compare-and-set, so that of several workers one fires. Ticks
 * missed while nobody was running are made up for by one run, for the latest of them.
 */
export function createCron(store: Store, catalog: Catalog, clock: Clock) {
  const triggers = catalog.all.flatMap((spec) => spec.crons.map((trigger) => ({ spec, ...trigger })));
  const ids = triggers.map(({ spec }) => spec.id);

  const nextAfter = (cron: string, at: number): number =>
    schedule(cron).nextRun(new Date(at))?.getTime() ?? Number.MAX_SAFE_INTEGER;
  const jittered = (at: number, jitterMs: number): number => at + Math.floor(Math.random() * jitterMs);

  async function fire(trigger: (typeof triggers)[number], at: number, fireAt: number): Promise<boolean> {
    const now = clock.now();
    const latest = latestBetween(trigger.cron, at, now);
    const nextAt = nextAfter(trigger.cron, Math.max(now, latest));
    const scheduledAt = new Date(latest).toISOString().replace(".000Z", "Z");
    const event: JsonObject = {
      id: scheduledAt,
      name: "inngest/scheduled.timer",
      ts: latest === at ? fireAt : now,
      data: { cron: trigger.cron, scheduledAt, fireAt: new Date(latest === at ? fireAt : now).toISOString() },
    };
    const start = { ...startOf(trigger.spec, event, null, now), lease: false };
    return await store.cronFire({
      fn: trigger.spec.id,
      cron: trigger.cron,
      at,
      nextAt,
      fireAt: jittered(nextAt, trigger.jitterMs),
      start,
      event,
    });
  }

  function latestBetween(cron: string, from: number, to: number): number {
    let latest = from;
    // Bounded by the ticks of a year of minutes; beyond that the first found will do.
    for (
      let next = nextAfter(cron, from), count = 0;
      next <= to && count < 600_000;
      next = nextAfter(cron, next), count += 1
    )
      latest = next;
    return latest;
  }

  return {
    start: async (): Promise<void> => {
      for (const { spec, cron, jitterMs } of triggers) {
        const nextAt = nextAfter(cron, clock.now());
        await store.addCron(spec.id, cron, nextAt, jittered(nextAt, jitterMs));
      }
    },
    /** Fires what is due. Returns whether anything was started. */
    look: async (): Promise<boolean> => {
      if (triggers.length === 0) return false;
      const rows = await store.crons(ids);
      let fired = false;
      for (const row of rows) {
        const trigger = triggers.find(({ spec, cron }) => spec.id === row.fn && cron === row.cron);
        if (trigger && row.fireAt <= clock.now() && (await fire(trigger, row.at, row.fireAt))) fired = true;
      }
      return fired;
    },
  };
}

function schedule(cron: string): Cron {
  const [, timezone, pattern = cron] = zonePattern.exec(cron) ?? [];
  return new Cron(pattern, { timezone: timezone ?? "UTC", paused: true, mode: "5-part" });
}
