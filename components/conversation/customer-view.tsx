"use client";
import { useEffect, useRef } from "react";
import type { CustomerConversation } from "@/core/contracts/conversation";
import type { JsonObject } from "@/core/json";
import { SchemaForm } from "@/components/fields/schema-form";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Composer } from "./composer";
import { MessageBubble } from "./message-bubble";
import { RequestProgress } from "./request-progress";

interface CustomerViewProps {
  conversation: CustomerConversation;
  busy: boolean;
  problem: string | null;
  /** The form that is being sent, and what the server said about it. */
  form: { busyId: string | null; problemId: string | null };
  onSend: (message: { body: string; quickReply?: string }) => Promise<boolean>;
  onSubmitForm: (waitpointId: string, values: JsonObject) => void;
}

/** The customer's side of a conversation, made for a phone. */
export function CustomerView({ conversation, busy, problem, form, onSend, onSubmitForm }: CustomerViewProps) {
  const end = useRef<HTMLDivElement>(null);
  const count = conversation.messages.length + conversation.forms.length;
  useEffect(() => {
    // Newer browsers answer with a promise, which an effect must not return.
    end.current?.scrollIntoView({ block: "end" });
  }, [count]);
  return (
    <div className="mx-auto flex min-h-dvh max-w-[680px] flex-col">
      <header className="sticky top-0 z-10 border-b bg-ground px-4 py-3">
        <h1 className="text-reading font-semibold">{conversation.organization}</h1>
        <p className="text-dense text-ink-2">Conversation with {conversation.contact.name}</p>
      </header>
      <div className="flex flex-1 flex-col gap-5 px-4 py-5">
        {conversation.messages.length === 0 && (
          <p className="text-reading text-ink-2">
            Hello {conversation.contact.name}. Write to us, or pick one of the replies below.
          </p>
        )}
        <div role="log" aria-label="Messages">
          <ol className="flex flex-col gap-4">
            {conversation.messages.map((message) => (
              <MessageBubble
                key={message.id}
                large
                side={message.author === "contact" ? "us" : "them"}
                authorName={message.authorName}
                body={message.body}
                at={message.at}
              />
            ))}
          </ol>
        </div>
        {conversation.leftAlone && (
          <Notice tone="quiet">
            Your message is kept, but nothing here answers it by itself at the moment. Our team can read it.
          </Notice>
        )}
        {conversation.requests.length > 0 && (
          <section aria-label="Your requests" className="flex flex-col gap-2">
            <h2 className="text-dense font-semibold text-ink-2">Your requests</h2>
            {conversation.requests.map((request) => (
              <RequestProgress key={request.id} request={request} />
            ))}
          </section>
        )}
        {conversation.forms.map((each) => (
          <Card key={each.waitpointId} bar="person" className="p-4 max-sm:text-reading">
            <h2 className="mb-3 text-reading font-semibold">{each.title}</h2>
            <SchemaForm
              schema={each.schema}
              values={each.values}
              submitLabel="Send"
              busy={form.busyId === each.waitpointId}
              problem={form.problemId === each.waitpointId ? problem : null}
              onSubmit={(values) => onSubmitForm(each.waitpointId, values)}
            />
          </Card>
        ))}
        <div ref={end} className="scroll-mb-40" />
      </div>
      <footer className="sticky bottom-0 border-t bg-ground px-4 pt-3 pb-[max(12px,env(safe-area-inset-bottom))]">
        {problem !== null && form.problemId === null && (
          <div className="mb-2.5">
            <Notice tone="failed">{problem}</Notice>
          </div>
        )}
        <Composer quickReplies={conversation.quickReplies} busy={busy} onSend={onSend} />
      </footer>
    </div>
  );
}
