import type { RunEventItem } from "@/core/contracts/run";
import { isFinalRunStatus } from "@/core/engine/transitions";
import type { RunStatus } from "@/core/run-status";
import { holderOf, openStream } from "@/server/api/live/open-streams";
import { onAuthChange, subscribeLive } from "@/server/db/live";
import type { UserActor } from "@/server/db/tenant";
import { createBell } from "./bell";
import { runStatusOf } from "./history-store";
import { listRunEvents } from "./repository";
import { masksOfRuns, noMask } from "./sensitive";
import { eventItem } from "./run-events";

const heartbeatMs = 15_000;
const batch = 200;

interface Followed {
  actor: UserActor;
  runId: string;
  /** The number of the last event that the reader has. */
  after: number;
  /** Whether the reader may still read; asked again when somebody's access has changed. */
  mayRead(): Promise<boolean>;
}

/**
 * A run's events as server-sent events: those after `after`, then each as it is committed, until the run is over. Nothing
 * is polled: the live notices of commits say when to read on.
 */
export function followEvents(followed: Followed): Response {
  const { actor } = followed;
  const leave = openStream({ holder: holderOf(actor), organizationId: actor.organizationId });
  const gone = new AbortController();
  const frames = framesOf(followed, gone.signal);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await frames.next().catch((error: unknown) => {
          leave();
          throw error;
        });
        if (!next.done) {
          controller.enqueue(encoder.encode(next.value));
          return;
        }
        leave();
        controller.close();
      },
      async cancel() {
        leave();
        gone.abort();
        await frames.return();
      },
    },
    // Nothing is listened to before somebody reads.
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    },
  });
}

async function* framesOf({ actor, runId, after, mayRead }: Followed, gone: AbortSignal): AsyncGenerator<string, void> {
  const bell = createBell(gone);
  let last = after;
  const access = { isInDoubt: false };
  const unsubscribe = [
    subscribeLive(actor.organizationId, ({ runIds, kinds }) => {
      // So many runs changed at once that none is named.
      const isUnnamed = runIds.length === 0 && kinds.length === 0;
      if (isUnnamed || runIds.includes(runId)) bell.ring();
    }),
    // Also rung when the notices were interrupted: what was missed meanwhile is read then.
    onAuthChange((userId) => {
      if (userId !== null && userId !== actor.userId) return;
      access.isInDoubt = true;
      bell.ring();
    }),
  ];
  try {
    yield ": the events of a run\n\n";
    for (;;) {
      if (access.isInDoubt) {
        access.isInDoubt = false;
        if (!(await mayRead())) return;
      }
      // The status first: once a run is over, all its events are there.
      const status = await runStatusOf(runId);
      const rows = await listRunEvents(runId, { after: last, limit: batch });
      const masks = rows.length === 0 ? null : await masksOfRuns(actor.organizationId, [runId]);
      for (const row of rows) {
        yield frame(eventItem(row, masks?.get(runId) ?? noMask));
        last = row.seq;
      }
      if (rows.length === batch) continue;
      if (status === null || isFinalRunStatus(status as RunStatus)) return;
      const heard = await bell.wait(heartbeatMs);
      if (heard === "gone") return;
      if (heard === "silence") yield ": still there\n\n";
    }
  } finally {
    for (const stop of unsubscribe) stop();
  }
}

function frame(event: RunEventItem): string {
  return `id: ${String(event.seq)}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
