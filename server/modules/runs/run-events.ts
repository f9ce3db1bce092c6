import type { RunEventItem } from "@/core/contracts/run";
import { asObject, type Json } from "@/core/json";
import type { listRunEvents } from "./repository";

export type EventRow = Awaited<ReturnType<typeof listRunEvents>>[number];

/** A stored event as it is shown. Events are written when something happens and never worked out afterwards. */
export function eventItem({ seq, type, at, actor, data }: EventRow): RunEventItem {
  const name = asObject(actor as Json)["name"];
  return {
    seq,
    type,
    at: at.toISOString(),
    actor: typeof name === "string" ? { name } : null,
    data: asObject((data as Json | undefined) ?? null),
  };
}
