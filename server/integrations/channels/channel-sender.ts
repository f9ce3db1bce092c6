import { channelSenders, findSender } from "@/channels/senders";
import type { ChannelPorts, ChannelSenders, SendMail } from "@/core/channel-send";
import type { Delivery, SendDelivery, SendResult } from "@/core/delivery";
import type { Clock } from "@/core/ports";
import type { HttpClient } from "../http/http-client";
import { sendWebhook } from "../webhooks/send-webhook";

export interface ChannelSenderOptions {
  /** Demo mode: messages to people are kept for the demo mailbox and go nowhere. Webhooks are sent all the same. */
  demo: boolean;
  /** Null when no SMTP server is set. */
  sendMail: SendMail | null;
  httpClient: HttpClient;
  clock: Clock;
  senders?: ChannelSenders;
}

/** Sends a delivery on its channel, once. */
export function createChannelSender({
  senders = channelSenders,
  demo,
  ...options
}: ChannelSenderOptions): SendDelivery {
  const { sendMail, httpClient } = options;
  const ports: ChannelPorts = {
    sendMail,
    post: ({ receiver, headers, ...request }) =>
      httpClient.send({ ...request, headers: { ...headers }, kind: { receiver }, method: "POST" }),
  };
  return (delivery) => {
    if (delivery.kind === "webhook") return sendWebhook(options, delivery);
    if (demo) return Promise.resolve(captured);
    if (delivery.isTest) return sendMail ? sendMail(delivery) : Promise.resolve(captured);
    return (findSender(delivery.channel, senders) ?? withoutProvider)(delivery, ports);
  };
}

const captured: SendResult = { status: "captured", response: null };

function withoutProvider({ channel }: Delivery): Promise<SendResult> {
  return Promise.resolve({
    status: "dead",
    error: `No provider is set up for the channel ${channel}.`,
    response: null,
  });
}
