"use client";
import { SendHorizontal } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { controlClass } from "@/components/ui/control-class";

interface ComposerProps {
  quickReplies: readonly { value: string; label: string }[];
  busy: boolean;
  /** Resolves to false when sending failed: the text stays. */
  onSend: (message: { body: string; quickReply?: string }) => Promise<boolean>;
}

export function Composer({ quickReplies, busy, onSend }: ComposerProps) {
  const [text, setText] = useState("");
  const send = async () => {
    const body = text.trim();
    if (body === "" || busy) return;
    if (await onSend({ body })) setText("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a character, Enter belongs to it.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  return (
    <div className="flex flex-col gap-2.5">
      {quickReplies.length > 0 && (
        <div role="group" aria-label="Quick replies" className="flex flex-wrap gap-2">
          {quickReplies.map((reply) => (
            <Button
              key={reply.value}
              disabled={busy}
              onClick={() => void onSend({ body: reply.label, quickReply: reply.value })}
              className="max-sm:text-reading"
            >
              {reply.label}
            </Button>
          ))}
        </div>
      )}
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <textarea
          aria-label="Your message"
          placeholder="Write a message"
          rows={1}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          className={`${controlClass} field-sizing-content max-h-40 min-h-11 resize-none py-2.5 text-reading`}
        />
        <Button
          type="submit"
          look="primary"
          busy={busy}
          disabled={text.trim() === ""}
          aria-label="Send"
          className="size-11 shrink-0 px-0"
          icon={<SendHorizontal size={18} aria-hidden />}
        />
      </form>
    </div>
  );
}
