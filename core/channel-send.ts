import type { Delivery, SendResult } from "./delivery";
import type { ServiceAnswer } from "./service-answer";
import type { StepError } from "./step-error";

/** Sends an e-mail, once. */
export type SendMail = (delivery: Pick<Delivery, "id" | "address" | "subject" | "body">) => Promise<SendResult>;

/** A call to the service behind a channel. */
export interface ChannelPost {
  /** What people call the service, for messages about the call. */
  receiver: string;
  /** Absolute. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  timeoutMs: number;
}

/** What a channel may use of the world. */
export interface ChannelPorts {
  /** Null when no mail server is set. */
  sendMail: SendMail | null;
  /** A POST behind the address guard. Never throws; any status is a response. */
  post(request: ChannelPost): Promise<{ response: ServiceAnswer } | { error: StepError }>;
}

/** The server half of a channel: sends a message, once. Expected failures are results. */
export type ChannelSend = (delivery: Delivery, ports: ChannelPorts) => Promise<SendResult>;

export type ChannelSenders = Readonly<Record<string, ChannelSend | undefined>>;
