import type { HoldpointInngest } from "../client";
import type { OutboxEvent } from "./outbox";

/**
 * What the server said to a batch. `refused`: it answered and does not want these events, or one of them; `unavailable`: it did not
 * take anything, through no fault of the events.
 */
export type SendResult =
  | { kind: "accepted" }
  | { kind: "refused"; reason: string }
  /** `forAll`: the next event would fare no better. */
  | { kind: "unavailable"; reason: string; forAll: boolean };

export type SendEvents = (events: OutboxEvent[]) => Promise<SendResult>;

/** Statuses that are about the events and not about the server, its keys or its load. */
const aboutTheEvents: ReadonlySet<number> = new Set([400, 406, 409, 412, 413, 414, 422]);
/** A wrong key, a wrong address, too many requests: the same for every event. */
const aboutTheCaller: ReadonlySet<number> = new Set([401, 402, 403, 404, 405, 407, 429]);

/**
 * Sends straight to the event API: the SDK's own `send` repeats a refusal five times, has no time limit, and does not say which
 * status it got.
 */
export function createEventApi(client: HoldpointInngest, timeoutMs: number): SendEvents {
  // A dev server takes any key.
  const address = new URL(`e/${client.eventKey ?? "dev"}`, client.eventBaseUrl).href;
  return async (events) => {
    const body = JSON.stringify(events.map(({ name, data, eventId, at }) => ({ name, data, id: eventId, ts: at })));
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const headers = { ...client.headers, "content-type": "application/json" };
      const response = await fetch(address, { method: "POST", headers, body, signal });
      const text = await response.text();
      if (response.ok) return { kind: "accepted" };
      const reason = `${response.status} ${text.replace(/\s+/g, " ").trim().slice(0, 300)}`.trim();
      if (aboutTheEvents.has(response.status)) return { kind: "refused", reason };
      return { kind: "unavailable", reason, forAll: aboutTheCaller.has(response.status) };
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
      const reason = `${error instanceof Error ? error.message : String(error)}${cause}`;
      // Perhaps one of the events makes the server hang or fall over.
      return { kind: "unavailable", reason, forAll: false };
    }
  };
}
