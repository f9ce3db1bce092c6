import type { RunEventItem } from "@/core/contracts/run";
import { asObject, type Json } from "@/core/json";
import type { listRunEvents } from "./repository";
import type { Mask } from "./sensitive";

export type EventRow = Awaited<ReturnType<typeof listRunEvents>>[number];

/** A stored event as it is shown. Events are written when something happens and never worked out afterwards. */
export function eventItem({ seq, type, at, actor, data }: EventRow, mask: Mask): RunEventItem {
  const name = asObject(actor as Json)["name"];
  return {
    seq,
    type,
    at: at.toISOString(),
    actor: typeof name === "string" ? { name } : null,
    data: mask(asObject((data as Json | undefined) ?? null)),
  };
}
