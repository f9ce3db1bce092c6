import type { ApprovalContext } from "@/core/contracts/approval";
import { MessageBubble } from "@/components/conversation/message-bubble";
import { Facts } from "@/components/ui/facts";
import { jsonWords } from "./approval-changes";
import { PaneSection } from "./pane-section";

/** What was said with the customer, where the step shows it. */
export function ConversationSection({ conversation }: Pick<ApprovalContext, "conversation">) {
  if (conversation === null || conversation.messages.length === 0) return null;
  return (
    <PaneSection title="Conversation">
      <ol className="flex flex-col gap-3">
        {conversation.messages.map((message) => (
          <MessageBubble
            key={message.id}
            side={message.author === "contact" ? "them" : "us"}
            authorName={message.authorName}
            body={message.body}
            at={message.at}
          />
        ))}
      </ol>
    </PaneSection>
  );
}

/** What cannot change after the decision. */
export function HeldSection({ card: { fields, bound } }: { card: Pick<ApprovalContext, "fields" | "bound"> }) {
  // What stands under "Request" already is held just as well, and is not said twice.
  const shown = new Set(fields.map(({ value }) => value));
  const held = bound.filter(({ value }) => !shown.has(jsonWords(value)));
  if (held.length === 0) return null;
  return (
    <PaneSection
      title="Held values"
      note="What you approve is what runs: these values cannot change after your decision."
    >
      <Facts items={held.map(({ label, value }) => ({ label, value: jsonWords(value) }))} />
    </PaneSection>
  );
}
