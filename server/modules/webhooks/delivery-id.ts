import { sha256 } from "@/server/digest";
import { asObject, type Json, type JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import type { Trigger } from "@/core/workflow/document";
import type { DeliveryIdPreset } from "@/core/workflow/trigger-words";
import { triggerText } from "@/triggers/trigger-input";

/** A call as it was read. */
export interface ReadCall {
  headers: Headers;
  request: JsonObject;
  body: Json;
}

type Source = (call: ReadCall) => string | null;

/** What the sender calls this delivery, or null when it does not say. Only what senders document counts: a request id does not. */
export function deliveryIdOf(trigger: Pick<Trigger, "deliveryId">, call: ReadCall, now: number): string | null {
  const source = trigger.deliveryId ?? "auto";
  if (typeof source === "string") return presets[source](call);
  if ("header" in source) return filled(call.headers.get(source.header));
  return filled(triggerText(source.expression, call.body, now, call.request));
}

/** Of what came under the id: the same id with something else is a mistake of the sender's. */
export function deliveryHash({ body, request }: ReadCall): string {
  const told = isEmpty(body) ? request["query"] : withoutCounters(body);
  return sha256(JSON.stringify(told ?? null));
}

const maxKeyLength = 200;

/** The start key of a delivery: the same one never starts a second run. */
export function deliveryKey(triggerId: string, id: string): string {
  const short = id.length > maxKeyLength ? sha256(id) : id;
  return `webhook:${triggerId}:${short}`;
}

const header =
  (...names: string[]): Source =>
  ({ headers }) => {
    for (const name of names) {
      const value = filled(headers.get(name));
      if (value !== null) return value;
    }
    return null;
  };

/** The id of the event in the body, of calls that carry the sender's mark. */
const bodyId =
  (mark: string, field: string, prefix: RegExp): Source =>
  ({ headers, body }) => {
    const id = asObject(body)[field];
    return headers.has(mark) && typeof id === "string" && prefix.test(id) ? id : null;
  };

const standard = header("webhook-id", "svix-id");
const github = header("x-github-delivery");
const stripe = bodyId("stripe-signature", "id", /^evt_/);
const slack = bodyId("x-slack-request-timestamp", "event_id", /^Ev/);
const twilio = header("i-twilio-idempotency-token");
const byKey = header("idempotency-key");

/** One event of Shopify may come under several topics: each of them is a delivery of its own. */
const shopify: Source = (call) => {
  const event = filled(call.headers.get("x-shopify-event-id"));
  return event === null
    ? header("x-shopify-webhook-id")(call)
    : `${event}/${call.headers.get("x-shopify-topic") ?? ""}`;
};

const presets: Readonly<Record<DeliveryIdPreset, Source>> = {
  auto: (call) => firstOf([standard, github, shopify, stripe, slack, twilio, byKey], call),
  standard_webhooks: standard,
  github,
  shopify,
  // Chosen by name, the mark is not asked for: a proxy may have taken it away.
  stripe: ({ body }) => textOf(asObject(body)["id"]),
  slack: ({ body }) => textOf(asObject(body)["event_id"]),
  twilio: (call) =>
    firstOf([twilio, ({ body }) => textOf(asObject(body)["MessageSid"] ?? asObject(body)["CallSid"])], call),
  none: () => null,
};

function firstOf(sources: readonly Source[], call: ReadCall): string | null {
  for (const source of sources) {
    const id = source(call);
    if (id !== null) return id;
  }
  return null;
}

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" ? filled(value) : null;
}

function filled(text: string | null): string | null {
  return text === null || text === "" ? null : text;
}

function isEmpty(body: Json): boolean {
  return isJsonObject(body) && Object.keys(body).length === 0;
}

/** Stripe counts in an event how many of its deliveries are still to come, so a repeat may differ in that alone. */
function withoutCounters(body: Json): Json {
  if (!isJsonObject(body) || body["object"] !== "event") return body;
  const { pending_webhooks: _counter, ...rest } = body;
  return rest;
}
