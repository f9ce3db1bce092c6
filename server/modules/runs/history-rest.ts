import { z } from "zod";
import {
  receiptObjectSchema,
  runEventsSchema,
  snapshotObjectSchema,
  startedRunObjectSchema,
} from "@/core/contracts/run-rest";
import { splitNodeKey } from "@/core/engine/node-keys";
import { afterQuery } from "@/server/api/rest/after-query";
import { authenticate } from "@/server/api/rest/authenticate";
import { nextCursorSchema, pageQuery } from "@/server/api/rest/paging";
import { defineRoute, type Route } from "@/server/api/rest/route";
import type { UserActor } from "@/server/db/tenant";
import { callbackSecretFor, requireProofForCallback } from "./callback-secret";
import { followEvents } from "./event-stream";
import { runStatusOf } from "./history-store";
import { eventsOf, receiptsOf } from "./history";
import { restoreRun } from "./restore";
import { visibleRun } from "./visible-run";
import { snapshotsOf } from "./snapshots";
import { runObject } from "./wire";

const idParams = z.object({ id: z.string() });

/** What a run has left behind, and going on from it. */
export function historyRoutes(base: string): Route[] {
  return [
    defineRoute({
      method: "GET",
      path: `${base}/{id}/events`,
      family: "runs",
      scope: "runs:read",
      summary:
        "The events of a run in order, in pages. With Accept: text/event-stream a live stream until the run is over, resumable by Last-Event-ID.",
      params: idParams,
      query: z.object(afterQuery),
      response: runEventsSchema,
      eventStream: true,
      async handler({ actor, params, query, request }) {
        if (wantsStream(request)) return stream(actor, params.id, { request, after: query.after });
        const { events, nextAfter } = await eventsOf(actor, params.id, query);
        return { body: { events, next_after: nextAfter } };
      },
    }),
    defineRoute({
      method: "GET",
      path: `${base}/{id}/snapshots`,
      family: "runs",
      scope: "runs:read",
      summary: "The snapshots of a run, oldest first: one after every call and every wait that is over.",
      params: idParams,
      query: z.object(afterQuery),
      response: z.object({
        snapshots: z.array(snapshotObjectSchema),
        next_after: z
          .number()
          .int()
          .nullable()
          .describe("Give it as `after` for the next page; null: there are no more"),
      }),
      async handler({ actor, params, query }) {
        const rows = await snapshotsOf(actor, params.id, { after: query.after, limit: query.limit + 1 });
        const shown = rows.slice(0, query.limit);
        const snapshots = shown.map(({ nodeId, iteration, at, key: _key, ...row }) => ({
          ...row,
          node_id: nodeId,
          iteration: iteration === "" ? null : iteration,
          at: at?.toISOString() ?? null,
        }));
        return { body: { snapshots, next_after: rows.length > query.limit ? (shown.at(-1)?.position ?? null) : null } };
      },
    }),
    defineRoute({
      method: "POST",
      path: `${base}/{id}/restore`,
      family: "runs",
      scope: "runs:control",
      status: 201,
      madeAt: base,
      idempotent: true,
      secretAnswer: true,
      summary:
        "Start a new run that goes on from a snapshot of this one: what is recorded there stays, approvals behind which something acts are asked again with all that came after them, and everything after it is done again under new idempotency keys.",
      params: idParams,
      body: z.strictObject({ snapshot_id: z.string().max(64) }),
      response: startedRunObjectSchema,
      async handler({ actor, params, body, idempotencyKey }) {
        requireProofForCallback(actor, (await visibleRun(actor, params.id)).callbackUrl);
        const run = await restoreRun(actor, params.id, {
          snapshotId: body.snapshot_id,
          ...(idempotencyKey === null ? {} : { startKey: `restore:${idempotencyKey}` }),
        });
        return { body: { ...runObject(run), ...callbackSecretFor(actor.organizationId, run) } };
      },
    }),
    defineRoute({
      method: "GET",
      path: `${base}/{id}/receipts`,
      family: "runs",
      scope: "runs:read",
      summary: "What each call of a run's steps left: request, status and answer, with secrets blacked out.",
      params: idParams,
      query: z.object(pageQuery),
      response: z.object({ receipts: z.array(receiptObjectSchema), next_cursor: nextCursorSchema }),
      async handler({ actor, params, query }) {
        const { items, nextCursor } = await receiptsOf(actor, params.id, query);
        const receipts = items.map((row) => {
          const { nodeId, iteration } = splitNodeKey(row.key);
          return {
            id: row.id,
            node_id: nodeId,
            iteration: iteration === "" ? null : iteration,
            attempt: row.attempt,
            method: row.method,
            url: row.url,
            idempotency_key: row.idempotencyKey,
            request_hash: row.requestHash,
            status: row.status,
            response: row.response,
            error_code: row.errorCode,
            sent_at: row.sentAt.toISOString(),
            duration_ms: row.durationMs,
          };
        });
        return { body: { receipts, next_cursor: nextCursor } };
      },
    }),
  ];
}

function wantsStream({ method, headers }: Request): boolean {
  return method === "GET" && /\btext\/event-stream\b/i.test(headers.get("accept") ?? "");
}

/** A reader that comes back for a run that is over, with all its events, is told by 204 not to come again. */
async function stream(
  actor: UserActor,
  idText: string,
  { request, after }: { request: Request; after: number },
): Promise<Response> {
  const { id: runId } = await visibleRun(actor, idText);
  const resumed = /^\d{1,15}$/.exec(request.headers.get("last-event-id") ?? "")?.[0];
  const from = resumed === undefined ? after : Number(resumed);
  if (from > 0 && (await eventsOf(actor, runId, { after: from, limit: 1 })).events.length === 0) {
    const status = await runStatusOf(runId);
    if (status === "completed" || status === "failed" || status === "cancelled")
      return new Response(null, { status: 204 });
  }
  return followEvents({
    actor,
    runId,
    after: from,
    mayRead: () =>
      authenticate(request)
        .then((reader) => visibleRun(reader, runId))
        .then(
          () => true,
          () => false,
        ),
  });
}
