import { sha256 } from "@/server/digest";
import type { SentEvent } from "./fetch-shim";
import { limits } from "./limits";
import type { EventDraft } from "./store";

/** A row for the inbox; throws for what a real server would refuse. */
export function draftOf(event: SentEvent, id: string, now: number): EventDraft {
  if (!event.name || event.name.length > limits.eventName)
    throw new Error(`An event needs a name of at most ${limits.eventName} characters.`);
  const data = event.data ?? {};
  if (JSON.stringify(data).length > limits.event)
    throw new Error(
      `The event "${event.name}" is larger than ${limits.event} bytes. Send a reference to the data instead.`,
    );
  return { id, name: event.name, data, dedupeId: event.id ?? null, dueAt: Math.max(now, event.ts ?? now) };
}

/** The same event of the same post has the same id: a repeated post adds nothing. */
export function seededId(seed: string, index: number): string {
  const hex = sha256(`${seed}:${index}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
