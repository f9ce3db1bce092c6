import type { HttpClient } from "../http/http-client";
import type { SendMail } from "../mail/mailer";
import { sendWebhook } from "../webhooks/send-webhook";
import type { Clock } from "@/core/ports";
import type { Delivery, SendDelivery, SendResult } from "./delivery";

export interface ChannelSenderOptions {
  /** Demo mode: messages to people are kept for the demo mailbox and go nowhere. Webhooks are sent all the same. */
  demo: boolean;
  /** Null when no SMTP server is set. */
  sendMail: SendMail | null;
  httpClient: HttpClient;
  clock: Clock;
}

/** Sends a delivery on its channel, once. */
export function createChannelSender(options: ChannelSenderOptions): SendDelivery {
  return (delivery) => {
    if (delivery.kind === "webhook") return sendWebhook(options, delivery);
    if (options.demo) return Promise.resolve(captured);
    if (delivery.isTest) return options.sendMail ? options.sendMail(delivery) : Promise.resolve(captured);
    return (senders.get(delivery.channel) ?? withoutProvider)(delivery, options);
  };
}

const captured: SendResult = { status: "captured", response: null };

type ChannelSend = (delivery: Delivery, options: ChannelSenderOptions) => Promise<SendResult>;

const senders: ReadonlyMap<string, ChannelSend> = new Map<string, ChannelSend>([
  ["email", sendEmail],
  // The row itself is what the person reads.
  ["in_app", () => Promise.resolve({ status: "delivered", response: null })],
  ["slack", sendSlack],
]);

function sendEmail(delivery: Delivery, { sendMail }: ChannelSenderOptions): Promise<SendResult> {
  return sendMail
    ? sendMail(delivery)
    : Promise.resolve({
        status: "dead",
        error: "No mail server is set. Set SMTP_URL and deliver again.",
        response: null,
      });
}

/** Slack's address is an incoming-webhook URL. */
async function sendSlack(
  { address, subject, body }: Delivery,
  { httpClient }: ChannelSenderOptions,
): Promise<SendResult> {
  const text = subject === null ? body : `*${subject}*\n${body}`;
  const result = await httpClient.send({
    kind: "slack",
    method: "POST",
    url: address,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text }),
    timeoutMs: 15_000,
  });
  if ("error" in result)
    return {
      status: result.error.retryable === false ? "dead" : "failed",
      error: result.error.message,
      response: null,
    };
  const { status } = result.response;
  if (status >= 200 && status < 300) return { status: "delivered", response: { status } };
  const error = `Slack answered ${String(status)}.`;
  return status >= 500 || status === 429
    ? { status: "failed", error, response: { status } }
    : { status: "dead", error, response: { status } };
}

function withoutProvider({ channel }: Delivery): Promise<SendResult> {
  return Promise.resolve({
    status: "dead",
    error: `No provider is set up for the channel ${channel}.`,
    response: null,
  });
}
