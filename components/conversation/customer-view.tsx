"use client";
import { ArrowDown } from "lucide-react";
import { clsx } from "clsx";
import { useMemo, useState } from "react";
import type { CustomerConversation } from "@/core/contracts/conversation";
import type { JsonObject } from "@/core/json";
import { useOnline } from "@/components/data/use-online";
import type { Refusal } from "@/components/fields/refusal";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Composer } from "./composer";
import type { RequestActing } from "./request-acts";
import { timeLine } from "./time-line";
import { TimeLineEntry, type FormSending } from "./time-line-entry";
import { useKeptMessage } from "./use-kept-message";
import { useReading } from "./use-reading";

interface CustomerViewProps {
  conversation: CustomerConversation;
  /** The message that is being sent, or was sent last from this page, and what the server said against it. */
  sending: { busy: boolean; sentId: string | null; already: boolean; problem: Refusal | null };
  acting: RequestActing;
  form: FormSending;
  onSend: (message: { body: string; quickReply?: string }) => Promise<boolean>;
  onSubmitForm: (waitpointId: string, values: JsonObject) => void;
}

/** The customer's side of a conversation, made for a phone: one time line, and below it what to write. */
export function CustomerView({ conversation, sending, acting, form, onSend, onSubmitForm }: CustomerViewProps) {
  const { messages, requests, forms, pastForms } = conversation;
  const items = useMemo(
    () => timeLine({ messages, requests, forms, pastForms }),
    [messages, requests, forms, pastForms],
  );
  const { list, end, hasUnseen, showUnseen } = useReading(items, { sentId: sending.sentId, isSending: sending.busy });
  const [focused, setFocused] = useState<string | null>(null);
  const writing = useKeptMessage(`${conversation.organization}, ${conversation.contact.name}`);
  const isOnline = useOnline();
  // A form that is gone takes its focus along without a word.
  const isFilling = items.some(({ id, kind }) => kind === "form" && id === focused);
  return (
    <div className="mx-auto flex min-h-dvh max-w-[680px] flex-col">
      <header className="sticky low:static top-0 z-10 border-b bg-ground px-4 py-3">
        <h1 className="text-reading font-semibold">{conversation.organization}</h1>
        <p className="text-dense text-ink-2">Conversation with {conversation.contact.name}</p>
        {!isOnline && (
          <div className="mt-2">
            <Notice tone="quiet">You are offline. What you send goes out as soon as you are back.</Notice>
          </div>
        )}
      </header>
      <div className="flex flex-1 flex-col gap-5 px-4 py-5">
        {items.length === 0 && (
          <p className="text-reading text-ink-2">
            Hello {conversation.contact.name}. Write to us, or pick one of the replies below.
          </p>
        )}
        <div role="log" aria-label="Conversation" aria-relevant="additions">
          <ol ref={list} className="flex flex-col gap-4">
            {items.map((item) => (
              <TimeLineEntry
                key={item.id}
                item={item}
                form={form}
                acting={acting}
                onFocus={() => setFocused(item.id)}
                onBlur={() => setFocused(null)}
                onSubmitForm={onSubmitForm}
              />
            ))}
          </ol>
        </div>
        {conversation.leftAlone && (
          <Notice tone="quiet">Your message has reached our team. Somebody will read it and write to you here.</Notice>
        )}
        <div ref={end} className="h-px scroll-mb-40" />
      </div>
      <div
        className={clsx(
          "sticky low:static bottom-0 z-10",
          // What is being filled in needs the little room there is; the place is kept, so that nothing moves under a finger.
          isFilling && "max-sm:pointer-events-none max-sm:opacity-0",
        )}
      >
        {hasUnseen && (
          <div className="pointer-events-none absolute inset-x-0 bottom-full flex justify-center pb-2">
            <Button
              className="pointer-events-auto shadow-lg"
              icon={<ArrowDown size={15} aria-hidden />}
              onClick={showUnseen}
            >
              New message
            </Button>
          </div>
        )}
        <footer className="border-t bg-ground px-4 pt-3 pb-[max(12px,env(safe-area-inset-bottom))]">
          {sending.problem !== null && (
            <div className="mb-2.5">
              <Notice tone="failed">{sending.problem.message}</Notice>
            </div>
          )}
          {sending.already && !sending.busy && (
            <div className="mb-2.5">
              <Notice tone="quiet">You have asked for this already, and it is not over. It stands above.</Notice>
            </div>
          )}
          <Composer quickReplies={conversation.quickReplies} busy={sending.busy} onSend={onSend} kept={writing} />
        </footer>
      </div>
    </div>
  );
}
