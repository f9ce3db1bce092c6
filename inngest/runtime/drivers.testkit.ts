import type { Pool } from "pg";
import type { GetStepTools, Inngest } from "inngest";
import type { RunRequested } from "@/inngest/events";
import { driveRun } from "./drive-run";
import type { RunTurns } from "./run-turns";

/** The process died after a step's body and before its memo was kept. */
class Crash extends Error {}
/** Nothing to do until something is resolved. */
class Parked extends Error {}

interface Driver {
  id: string;
  requested: RunRequested;
  memos: Map<string, unknown>;
  dueAt: number;
  /** Worth calling: it is new, it crashed, it was woken up or its time has come. */
  isReady: boolean;
  woken: boolean;
}

export interface Crashes {
  /** Dies after so many step bodies, once; 0 = never. */
  afterBodies: number;
  /** What the executor still knows afterwards: all but the step that was cut off, or nothing at all. */
  forget: "last" | "all";
}

/**
 * Drives runs by the outbox alone, with the steps of an executor that may lose what it was told. Gives the number of step
 * bodies that ran. Stops when no driver can go on.
 */
export function createDrivers(
  pool: Pool,
  turns: RunTurns,
  clock: { now(): number },
  crashes: Crashes = { afterBodies: 0, forget: "last" },
) {
  const drivers: Driver[] = [];
  let bodies = 0;
  let count = 0;
  let mostSteps = 0;
  let calls = 0;

  async function takeEvents(): Promise<void> {
    const { rows } = await pool.query<{ name: string; data: RunRequested }>(
      "delete from event_outbox where name in ('run/requested', 'run/wake') returning name, data",
    );
    for (const { name, data } of rows) {
      if (name === "run/wake") {
        for (const driver of drivers.filter(({ requested }) => requested.runId === data.runId))
          driver.isReady = driver.woken = true;
      } else {
        count += 1;
        const id = `driver-${String(count)}`;
        drivers.push({ id, requested: data, memos: new Map(), dueAt: Infinity, isReady: true, woken: false });
      }
    }
  }

  function toolsOf(driver: Driver): { tools: GetStepTools<Inngest.Any>; settled(): Promise<void> } {
    let dead = false;
    const running = new Set<Promise<unknown>>();
    const tools = {
      run(options: string | { id: string }, body: () => Promise<unknown>) {
        const id = typeof options === "string" ? options : options.id;
        if (driver.memos.has(id)) return Promise.resolve(driver.memos.get(id));
        if (dead) return Promise.reject(new Crash());
        const work = body().then((memo) => {
          bodies += 1;
          if (dead || bodies === crashes.afterBodies) {
            dead = true;
            if (crashes.forget === "all") driver.memos.clear();
            throw new Crash();
          }
          driver.memos.set(id, JSON.parse(JSON.stringify(memo ?? null)));
          return driver.memos.get(id);
        });
        const done = work.catch(() => undefined);
        running.add(done);
        return work;
      },
      async waitForEvent(id: string, { timeout }: { timeout: string | Date }) {
        if (driver.memos.has(id)) return null;
        // The step that publishes the wait stands beside it.
        await Promise.all(running);
        await takeEvents();
        driver.dueAt = timeout instanceof Date ? timeout.getTime() : Infinity;
        if (!driver.woken && driver.dueAt > clock.now()) throw new Parked();
        driver.woken = false;
        driver.memos.set(id, null);
        return null;
      },
    };
    return {
      tools: tools as unknown as GetStepTools<Inngest.Any>,
      async settled() {
        await Promise.all(running);
      },
    };
  }

  async function drive(driver: Driver): Promise<void> {
    const { tools, settled } = toolsOf(driver);
    calls += 1;
    driver.isReady = false;
    driver.dueAt = Infinity;
    try {
      await driveRun(turns, tools, driver.requested, { driverId: driver.id });
      mostSteps = Math.max(mostSteps, driver.memos.size);
      drivers.splice(drivers.indexOf(driver), 1);
    } catch (error) {
      await settled();
      mostSteps = Math.max(mostSteps, driver.memos.size);
      if (error instanceof Crash) driver.isReady = true;
      else if (!(error instanceof Parked)) throw error;
    }
  }

  return {
    get bodies() {
      return bodies;
    },
    /** The most durable steps that one driver has taken: executors allow 1,000. */
    get mostSteps() {
      return mostSteps;
    },
    /** How many drivers there were. */
    get count() {
      return count;
    },
    /** How often a driver was begun from its memos: each time it goes through all of them. */
    get calls() {
      return calls;
    },
    /** Goes on until nothing moves any more. */
    async settle(): Promise<void> {
      for (;;) {
        await takeEvents();
        const ready = drivers.filter((driver) => driver.isReady || driver.dueAt <= clock.now());
        if (ready.length === 0) return;
        for (const driver of ready) await drive(driver);
      }
    },
  };
}
