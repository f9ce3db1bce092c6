import { isInConversation, type ChannelDefinitions } from "@/core/channel-definition";
import { asTexts } from "@/steps/outcome";
import { quoted, type Consequence } from "@/core/workflow/consequence";
import { isAssigneeReference } from "@/core/assignee-reference";
import { assigneeWords } from "@/core/workflow/waiting-fields";
import { channelNames, type NotifyConfig } from "./definition";

/** Whom it writes to, how, and what they will read as far as that is known. */
export function createNotifyConsequence(channels: ChannelDefinitions): Consequence<NotifyConfig> {
  return ({ config, known }) => {
    const talks = config.channels.every((id) => isInConversation(channels[id]));
    const who = talks ? "the customer in the conversation" : recipients(asTexts(known(config.to)));
    const by = talks ? "" : ` by ${channelNames(config.channels, channels)}`;
    const message = quoted(known(config.message), "text");
    return `writes to ${who}${by}${message === null ? "" : `: ${message}`}`;
  };
}

function recipients(to: readonly string[]): string {
  const [only] = to;
  if (only === undefined) return "somebody";
  if (to.length > 1) return `${to.length.toLocaleString("en-US")} recipients`;
  if (only.includes("@")) return quoted(only) ?? "somebody";
  // Anything else is the id of a contact, which tells nobody anything.
  return isAssigneeReference(only) ? assigneeWords([only]) : "the customer";
}
