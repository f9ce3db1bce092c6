import type { HoldpointInngest } from "@/inngest/client";
import { eventNames, type DeliveryRequested } from "@/inngest/events";
import type { DeliveryStatus, SendDelivery } from "@/core/delivery";
import { pauseAfter, type DeliveryStore } from "@/server/modules/deliveries/service";

export interface DeliverDeps {
  store: DeliveryStore;
  send: SendDelivery;
  /** How long to wait after failed try `attempt`; null = no more tries. Replaced in tests. */
  pauseAfter?: (attempt: number, retryAfterMs?: number) => number | null;
}

/** What a try leaves to do: nothing, or another one after a pause. */
export interface TryOutcome {
  status: DeliveryStatus | "missing";
  pauseMs: number | null;
}

/** The durable function that tells somebody outside: at least once, with pauses that grow over a day. */
export function createDeliverFunction(client: HoldpointInngest, deps: DeliverDeps) {
  return client.createFunction(
    {
      id: "deliver",
      name: "Deliver a message or webhook",
      retries: 20,
      triggers: [{ event: eventNames.deliveryRequested }],
    },
    async ({ event, step }) => {
      const { deliveryId } = event.data as DeliveryRequested;
      for (let attempt = 1; ; attempt += 1) {
        const { status, pauseMs } = await step.run(`try:${String(attempt)}`, () =>
          tryDelivery(deps, deliveryId, attempt),
        );
        if (pauseMs === null) return { status };
        await step.sleep(`pause:${String(attempt)}`, pauseMs);
      }
    },
  );
}

const finished: ReadonlySet<DeliveryStatus> = new Set(["delivered", "captured", "dead"]);

/** Sends once and records what came of it. A delivery that is finished already is left alone: the event came twice. */
export async function tryDelivery(
  { store, send, pauseAfter: pause = pauseAfter }: DeliverDeps,
  deliveryId: string,
  attempt: number,
): Promise<TryOutcome> {
  const delivery = await store.load(deliveryId);
  if (!delivery) return { status: "missing", pauseMs: null };
  if (finished.has(delivery.status)) return { status: delivery.status, pauseMs: null };
  const result = await send(delivery);
  const pauseMs = result.status === "failed" ? pause(attempt, result.retryAfterMs) : null;
  const status = result.status === "failed" && pauseMs === null ? "dead" : result.status;
  await store.record(delivery, result, status);
  return { status, pauseMs };
}
