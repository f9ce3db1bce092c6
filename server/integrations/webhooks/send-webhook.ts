import type { Clock } from "@/core/ports";
import type { Json } from "@/core/json";
import type { Delivery, SendResult } from "@/core/delivery";
import type { HttpClient } from "../http/http-client";
import { signWebhook } from "./signature";

const timeoutMs = 15_000;
const maxStoredBody = 4096;

interface WebhookSender {
  httpClient: HttpClient;
  clock: Clock;
}

/** One signed POST. 2xx is a receipt; 410 says that nobody wants it any more; everything else may be tried again. */
export async function sendWebhook({ httpClient, clock }: WebhookSender, delivery: Delivery): Promise<SendResult> {
  if (!delivery.isWanted)
    return { status: "dead", error: "The subscription was switched off or removed.", response: null };
  if (delivery.signingSecret === null)
    return {
      status: "dead",
      error: "The subscription has no readable signing secret. Rotate its secret and deliver again.",
      response: null,
    };
  const body = webhookBody(delivery);
  const result = await httpClient.send({
    kind: delivery.subscriptionId === null ? "callback" : "subscription",
    method: "POST",
    url: delivery.address,
    headers: {
      "content-type": "application/json",
      ...signWebhook({
        secret: delivery.signingSecret,
        previousSecret: delivery.previousSecret ?? null,
        id: delivery.id,
        at: clock.now(),
        body,
      }),
    },
    body,
    timeoutMs,
  });
  if ("error" in result)
    return {
      status: result.error.retryable === false ? "dead" : "failed",
      error: result.error.message,
      response: null,
    };
  const { status, headers, body: answer, durationMs } = result.response;
  const response: Json = { status, durationMs, body: excerpt(answer) };
  if (status >= 200 && status < 300) return { status: "delivered", response };
  const error = `The receiver answered ${String(status)}.`;
  if (status === 410)
    return { status: "dead", error: `${error} It does not want these events any more.`, response, isGone: true };
  const retryAfterMs = retryAfter(headers["retry-after"], clock.now());
  return { status: "failed", error, response, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
}

/** The payload as Standard Webhooks recommends it: type, time and data. The same bytes on every try. */
export function webhookBody({
  subject,
  payload,
  createdAt,
}: Pick<Delivery, "subject" | "payload" | "createdAt">): string {
  return JSON.stringify({ type: subject ?? "", timestamp: new Date(createdAt).toISOString(), data: payload });
}

/** Seconds, or a date; null when it says nothing of the future. */
function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const ms = /^\s*\d+(?:\.\d+)?\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) && ms > 0 ? ms : null;
}

function excerpt(answer: Json): string {
  const text = typeof answer === "string" ? answer : JSON.stringify(answer);
  return text.length <= maxStoredBody ? text : `${Buffer.from(text.slice(0, maxStoredBody), "utf8").toString("utf8")}…`;
}
