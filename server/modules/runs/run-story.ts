import type { RunDetail } from "@/core/contracts/run";
import { asObject, type Json, type JsonObject } from "@/core/json";
import type { listRunEvents, RunDetailRow } from "./repository";
import type { StepRow } from "./run-steps";

export type EventRow = Awaited<ReturnType<typeof listRunEvents>>[number];

/** The story of a run: what people did, and what its steps did, in time. */
export function runStory({
  row,
  steps,
  events,
  names,
}: {
  row: RunDetailRow;
  steps: readonly StepRow[];
  events: readonly EventRow[];
  names: ReadonlyMap<string, string>;
}): RunDetail["events"] {
  const story: { type: string; at: Date; actor: { name: string } | null; data: JsonObject }[] = [];
  story.push({
    type: "run.created",
    at: row.createdAt,
    actor: { name: names.get(`user:${row.ownerId}`) ?? "Holdpoint" },
    data: { trigger: row.triggerType },
  });
  if (row.startedAt)
    story.push({ type: "run.started", at: row.startedAt, actor: null, data: { version: row.version } });
  for (const step of steps) {
    const data: JsonObject = {
      node_id: step.nodeId,
      name: step.name,
      ...(step.iteration === "" ? {} : { iteration: step.iteration }),
    };
    if (step.startedAt && step.status !== "skipped")
      story.push({ type: "step.started", at: step.startedAt, actor: null, data });
    if (step.endedAt) story.push({ type: `step.${step.status}`, at: step.endedAt, actor: null, data });
  }
  for (const event of events)
    story.push({
      type: event.type,
      at: event.at,
      actor: actorName(event.actor as Json),
      data: asObject((event.data as Json | undefined) ?? null),
    });
  if (row.endedAt && row.status !== "cancelled")
    story.push({
      type: `run.${row.status}`,
      at: row.endedAt,
      actor: null,
      data: row.failureReason === null ? {} : { reason: row.failureReason },
    });
  return story
    .map((event, index) => ({ event, index }))
    .sort((left, right) => left.event.at.getTime() - right.event.at.getTime() || left.index - right.index)
    .map(({ event }, index) => ({
      seq: index + 1,
      type: event.type,
      at: event.at.toISOString(),
      actor: event.actor,
      data: event.data,
    }));
}

function actorName(actor: Json): { name: string } | null {
  const name = asObject(actor)["name"];
  return typeof name === "string" ? { name } : null;
}
