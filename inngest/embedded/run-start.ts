import type { JsonObject } from "@/core/json";
import { newId } from "@/core/ids";
import { holds, valueOf } from "./condition-value";
import { concurrencyKeys, timeoutsOf, type Catalog, type FunctionSpec } from "./function-catalog";
import { matchOf } from "./match-key";
import type { PendingEvent, StartDraft, WaitDraft } from "./store";

/** The runs that this event starts. */
export function startsOf(
  pending: PendingEvent,
  catalog: Catalog,
  now: number,
): { draft: StartDraft; event: JsonObject }[] {
  const candidates = catalog.triggeredBy(pending.name);
  if (candidates.length === 0) return [];
  const event: JsonObject = {
    id: pending.dedupe ?? pending.id,
    name: pending.name,
    data: pending.data,
    ts: pending.ts,
  };
  const specs = new Set(
    candidates.filter(({ condition }) => condition === null || holds(condition, { event })).map(({ spec }) => spec),
  );
  return [...specs].map((spec) => ({ draft: startOf(spec, event, pending.dedupe, now), event }));
}

/** One run of one function. `dedupe`: the id its sender gave the event. */
export function startOf(spec: FunctionSpec, event: JsonObject, dedupe: string | null, now: number): StartDraft {
  const keys = [
    ...(dedupe === null ? [] : [`id:${dedupe}`]),
    ...(spec.idempotency ? [`key:${JSON.stringify(valueOf(spec.idempotency, { event }))}`] : []),
  ];
  return {
    run: newId(now),
    fn: spec.id,
    lease: false,
    ...(keys.length > 0 ? { dedupe: keys } : {}),
    ...concurrencyKeys(spec, event),
    ...timeoutsOf(spec),
    ...(spec.cancels.length > 0
      ? { cancels: spec.cancels.map((cancel, index) => cancelWait(cancel, index, event)) }
      : {}),
  };
}

function cancelWait(cancel: FunctionSpec["cancels"][number], index: number, event: JsonObject): WaitDraft {
  return {
    id: `cancel:${index}`,
    kind: "cancel",
    event: cancel.event,
    dueMs: cancel.timeoutMs,
    ...matchOf(cancel.if, event),
  };
}
