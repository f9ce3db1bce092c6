import { createRuntimeDeps } from "@/inngest/runtime/create-runtime";
import { createRunTurns } from "@/inngest/runtime/run-turns";
import type { TurnMemo } from "@/inngest/runtime/commit-turn";
import { newId } from "@/core/ids";
import { keyRing } from "@/server/auth/key-ring";
import { hotPool } from "@/server/db/pools";
import { env } from "@/server/env";
import { createConnectionPort } from "@/server/integrations/connections-port";
import { logger } from "@/server/logger";
import { createConnectionLoader } from "@/server/modules/connections/store";
import { createDirectoryPort } from "@/server/modules/directory/service";
import type { JournalRun } from "@/server/modules/runs/journal";
import { admitTo } from "@/server/auth/organization-id";
import { createSandbox } from "@/server/sandbox/sandbox";
import type { SimulatedClock } from "./clock";
import { actionOf, actorOf, resolvedData } from "./acts";
import { createMemoryJournal, type RecordedRun, type RecordedWaitpoint } from "./memory-journal";
import { createSandboxClient } from "./sandbox-client";

/** What a person did at a waitpoint, so long after it was opened. */
export interface Act {
  afterMs: number;
  by: { id: string | null; name: string };
  outcome: string;
  resolution: RecordedWaitpoint["resolution"];
  via: "ui" | "api" | "link";
}

export interface Simulation {
  /** Drives a run from its creation until it ends, waits beyond `until`, or waits for somebody whose act is not given. */
  play(run: JournalRun, acts: readonly Act[], until: number): Promise<RecordedRun>;
}

/**
 * The product's own drivers and step executors on a simulated clock, against the sandbox in this process: a seeded run is
 * exactly what a real one would have left behind.
 */
export function createSimulation(clock: SimulatedClock, random: () => number): Simulation {
  const journal = createMemoryJournal(clock);
  const httpClient = createSandboxClient(
    createSandbox({ secret: env().NEXTAUTH_SECRET, now: clock.now }),
    clock,
    random,
  );
  const loadConnection = createConnectionLoader(hotPool());
  const deps = createRuntimeDeps({
    pool: hotPool(),
    store: journal.store,
    httpClient,
    keyRing: keyRing(),
    baseUrl: env().HOLDPOINT_BASE_URL,
    masterSecret: env().NEXTAUTH_SECRET,
    dispatch: () => undefined,
    memoCommitted: () => undefined,
    stillOurs: () => Promise.resolve(),
    log: logger(),
  });
  const turns = createRunTurns({
    ...deps,
    clock,
    random,
    ports: (run, { onReceipt, ...call }) => ({
      connections: createConnectionPort({
        loadConnection,
        httpClient,
        keyRing: keyRing(),
        clock,
        onReceipt,
        call: { organizationId: run.organizationId, runId: run.id, ...call },
      }),
      directory: createDirectoryPort(admitTo(run.organizationId)),
    }),
  });

  return {
    async play(run, acts, until) {
      clock.set(run.createdAt + 20);
      const recorded = journal.begin(run);
      const target = { runId: run.id, generation: run.generation, driverId: newId(run.createdAt) };
      const coming = [...acts];
      let memo = await turns.begin(target, { id: "begin", turn: 0 });
      for (let round = 1; ; round += 1) {
        await follow(memo);
        if (recorded.endedAt !== null || !passTime(recorded, coming, until)) return recorded;
        memo = await turns.read(target, { id: "read", turn: round });
      }

      async function follow({ next, seq }: TurnMemo): Promise<void> {
        for (const command of next) {
          clock.advance(4 + Math.floor(random() * 9));
          await follow(await turns.effect(target, { ...command, seq }, `${command.key}#${String(command.attempt)}`));
        }
      }
    },
  };

  /** Moves the clock to the next thing that happens to a waiting run; false when nothing does before `until`. */
  function passTime(recorded: RecordedRun, coming: Act[], until: number): boolean {
    const open = recorded.waitpoints.filter(({ status }) => status === "open");
    const asked = open.find(({ kind }) => kind === "approval" || kind === "form" || kind === "handoff");
    const act = asked && coming[0];
    if (asked && act) {
      const at = asked.createdAt + act.afterMs;
      if (at > until) return false;
      coming.shift();
      clock.set(at);
      Object.assign(asked, {
        status: "resolved",
        outcome: act.outcome,
        resolution: act.resolution,
        by: act.by,
        via: act.via,
        resolvedAt: at,
      });
      recorded.log.push({ type: actionOf(asked), at, actor: actorOf(act), data: resolvedData(asked) });
      return true;
    }
    const due = Math.min(...open.flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt])));
    if (!Number.isFinite(due) || due > until) return false;
    clock.set(Math.max(clock.now(), due));
    return true;
  }
}
