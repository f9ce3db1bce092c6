"use client";
import type { AskContext } from "@/core/contracts/inbox";
import { Composer } from "@/components/conversation/composer";
import { MessageBubble } from "@/components/conversation/message-bubble";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { PaneSection } from "../pane-section";
import { useAskDraft, type AskDraft } from "./ask-draft";
import { AnswerPart } from "./answer-part";
import { AnswerProblem } from "./answer-problem";
import type { Answering } from "./use-answer";

/** A conversation that was handed over: read, written in, and given back to the run with what came of it. */
export function HandoffAnswer({
  context,
  answering,
  resting,
}: {
  context: AskContext;
  answering: Answering;
  resting: boolean;
}) {
  const { conversation } = context;
  const { draft, write } = useAskDraft(context.id);
  const open = context.status === "open" && context.canAnswer;
  return (
    <>
      {conversation && (
        <PaneSection
          title={`Conversation with ${conversation.contact.name}`}
          {...(conversation.contact.email !== null && { note: conversation.contact.email })}
        >
          {conversation.messages.length === 0 ? (
            <p className="text-ink-2">Nothing was written yet.</p>
          ) : (
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
          )}
          {open && conversation.mayReply && (
            <AnswerPart>
              <div className="mt-4">
                <Composer
                  quickReplies={[]}
                  busy={answering.replying}
                  onSend={({ body }) => answering.reply(conversation.id, body)}
                  kept={{ text: draft.message, onText: (message) => write({ message }) }}
                />
              </div>
            </AnswerPart>
          )}
        </PaneSection>
      )}
      {open && (
        <AnswerPart>
          <HandBack context={context} draft={draft} write={write} answering={answering} resting={resting} />
        </AnswerPart>
      )}
    </>
  );
}

function HandBack({
  context,
  draft,
  write,
  answering,
  resting,
}: {
  context: AskContext;
  draft: AskDraft;
  write: (part: Partial<AskDraft>) => void;
  answering: Answering;
  resting: boolean;
}) {
  const { resolution, note } = draft;
  const handBack = (): void => {
    const [how, told] = [resolution.trim(), note.trim()];
    answering.resolve(
      { id: context.id, ...(how !== "" && { resolution: how }), ...(told !== "" && { note: told }) },
      "Handed back. The run goes on.",
    );
  };
  return (
    <PaneSection
      title="Hand back"
      note="The run goes on from here. Its next steps may use what you write, also in what the customer is told."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!resting && !answering.busy) handBack();
        }}
      >
        <Field label="What came of it" optional>
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              maxLength={1000}
              value={resolution}
              onChange={(event) => write({ resolution: event.target.value })}
            />
          )}
        </Field>
        <Field label="Note" optional>
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              maxLength={5000}
              value={note}
              onChange={(event) => write({ note: event.target.value })}
            />
          )}
        </Field>
        <AnswerProblem problem={answering.problem} />
        <div>
          <Button type="submit" look="primary" busy={answering.busy} resting={resting} className="max-sm:h-12">
            Hand back
          </Button>
        </div>
      </form>
    </PaneSection>
  );
}
