"use client";
import { SendHorizontal } from "lucide-react";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { controlClass } from "@/components/ui/control-class";

/** Characters of one message. */
const longest = 4000;
/** How long after a message a ready-made one is not taken, ms: a second tap on the same one is no second request. */
const restMs = 1_500;

interface ComposerProps {
  quickReplies: readonly { value: string; label: string }[];
  busy: boolean;
  /** Resolves to false when sending failed: the text stays. */
  onSend: (message: { body: string; quickReply?: string }) => Promise<boolean>;
  /** What is being written, where somebody else keeps it. */
  kept?: { text: string; onText: (text: string) => void };
}

export function Composer({ quickReplies, busy, onSend, kept }: ComposerProps) {
  const [own, setOwn] = useState("");
  const { text, onText: setText } = kept ?? { text: own, onText: setOwn };
  const counterId = useId();
  /** Pressed once more before the page shows that it is on its way, it is meant once. */
  const restsUntil = useRef(0);
  const isOnItsWay = useRef(false);
  const sendOnce = async (message: { body: string; quickReply?: string }): Promise<boolean> => {
    if (busy || isOnItsWay.current) return false;
    isOnItsWay.current = true;
    try {
      return await onSend(message);
    } finally {
      isOnItsWay.current = false;
      restsUntil.current = performance.now() + restMs;
    }
  };
  const send = async () => {
    const body = text.trim();
    if (body !== "" && (await sendOnce({ body }))) setText("");
  };
  /** `at`: when it was pressed, on the page's clock. */
  const reply = ({ value, label }: { value: string; label: string }, at: number) => {
    if (at >= restsUntil.current) void sendOnce({ body: label, quickReply: value });
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
          {quickReplies.map((each) => (
            <Button
              key={each.value}
              disabled={busy}
              onClick={(event) => reply(each, event.timeStamp)}
              className="max-sm:text-reading"
            >
              {each.label}
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
          maxLength={longest}
          aria-describedby={counterId}
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
      <p id={counterId} role="status" className="text-right text-label text-ink-3 empty:hidden">
        {text.length > longest * 0.9 && `${String(text.length)} of ${String(longest)} characters`}
      </p>
    </div>
  );
}
