import type { Json } from "./json";

/** Something to be told to somebody outside, as the worker sees it. */
export interface Delivery {
  id: string;
  organizationId: string;
  kind: "message" | "webhook";
  /** The id of a channel; of a webhook, "webhook". */
  channel: string;
  address: string;
  /** Messages: the subject. Webhooks: the name of the event. */
  subject: string | null;
  body: string;
  payload: Json;
  /** `whsec_…`; webhooks only. */
  signingSecret: string | null;
  /** The secret before a rotation, while it signs as well. */
  previousSecret?: string;
  /** The subscription a webhook belongs to; null for per-run callbacks. */
  subscriptionId: string | null;
  /** False when the subscription it belongs to was switched off or removed. */
  isWanted: boolean;
  status: DeliveryStatus;
  /** Tries so far. */
  attempts: number;
  /** ms since epoch. */
  createdAt: number;
  /** Of a test run: it goes to the tester, whatever its channel. */
  isTest?: boolean;
}

export type DeliveryStatus = "pending" | "delivered" | "captured" | "failed" | "dead";

/** What one try led to. `failed`: worth another try, not before `retryAfterMs`. `dead`: no other try would help. */
export type SendResult =
  | { status: "delivered" | "captured"; response: Json }
  | { status: "failed"; error: string; response: Json; retryAfterMs?: number }
  | { status: "dead"; error: string; response: Json; isGone?: boolean };

export type SendDelivery = (delivery: Delivery) => Promise<SendResult>;
