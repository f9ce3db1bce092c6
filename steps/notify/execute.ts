import { isInConversation, type ChannelDefinition, type ChannelDefinitions } from "@/core/channel-definition";
import type { OutboxDraft, StepContext, StepExecutor } from "@/core/ports";
import { fillFields } from "@/steps/fill-fields";
import { asText, asTexts, failedFinally } from "@/steps/outcome";
import { channelNames, type NotifyConfig } from "./definition";

interface Message {
  to: string[];
  subject: string;
  body: string;
}

/**
 * Done when the deliveries are committed together with this step; failed only when no channel has an address. `definitions` is the
 * registry of channels: the executor itself knows none of them.
 */
export function createNotify(definitions: ChannelDefinitions): StepExecutor<NotifyConfig> {
  const labels = (ids: readonly string[]): string => channelNames(ids, definitions);
  return {
    async execute(context) {
      const { config, evaluate } = context;
      const filled = fillFields(evaluate, { to: config.to, subject: config.subject, message: config.message });
      if (!filled.ok) return { kind: "failed", error: filled.error };
      const { to, subject, message } = filled.value;
      const text: Message = { to: [...new Set(asTexts(to))], subject: asText(subject), body: asText(message) };
      const channels = [...new Set(config.channels)];
      const drafts = await Promise.all(
        channels.map((channel) => draftsFor(context, channel, definitions[channel], text)),
      );
      const reached = channels.filter((_channel, index) => (drafts[index] ?? []).length > 0);
      const unreached = channels.filter((channel) => !reached.includes(channel));
      if (reached.length === 0) {
        const who = text.to.length === 0 ? "Nobody was named in `to`" : `${text.to.join(", ")} has no address`;
        return failedFinally(
          "no_address",
          `${who} for ${labels(channels)}. Add an address to the contact or choose another channel.`,
        );
      }
      return {
        kind: "completed",
        output: { sent: reached, withoutAddress: unreached },
        summary: labels(reached),
        ...(unreached.length === 0
          ? {}
          : { warnings: [`No address for ${labels(unreached)}, so nothing was sent there.`] }),
        outbox: drafts.flat(),
      };
    },
  };
}

async function draftsFor(
  { run, ports }: StepContext<unknown>,
  channel: string,
  definition: ChannelDefinition | undefined,
  { to, subject, body }: Message,
): Promise<OutboxDraft[]> {
  if (isInConversation(definition))
    // A test has no customer; what they would read goes to the tester.
    return run.conversationId === null && !run.test
      ? []
      : [{ kind: "conversation_message", conversationId: run.conversationId ?? "", body }];
  const found = await Promise.all(
    to.map(async (recipient) => ({ recipient, addresses: await ports.directory.addresses(recipient, channel) })),
  );
  const byAddress = new Map(
    found.flatMap(({ recipient, addresses }) => addresses.map((address) => [address, recipient] as const)),
  );
  return [...byAddress].map(([address, recipient]) => ({
    kind: "message",
    channel,
    address,
    to: recipient,
    body,
    ...(subject === "" ? {} : { subject }),
  }));
}
