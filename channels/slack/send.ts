import type { ChannelSend } from "@/core/channel-send";
import { slackChannel } from "./definition";

/** Slack's address is an incoming-webhook URL. */
export const sendSlack: ChannelSend = async ({ address, subject, body }, { post }) => {
  const text = subject === null ? body : `*${subject}*\n${body}`;
  const result = await post({
    receiver: slackChannel.label,
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
  const error = `${slackChannel.label} answered ${String(status)}.`;
  return status >= 500 || status === 429
    ? { status: "failed", error, response: { status } }
    : { status: "dead", error, response: { status } };
};
