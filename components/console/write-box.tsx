"use client";
import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import { useId, useRef, useState, type KeyboardEvent } from "react";
import { longestMessage, type CannedAnswer } from "@/core/contracts/console";
import { useKeptMessage } from "@/components/conversation/use-kept-message";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { controlClass } from "@/components/ui/control-class";
import { sendsWriting } from "@/components/ui/shortcuts";
import { CannedDialog } from "./canned-dialog";
import { CannedList } from "./canned-list";
import { cannedSearch, fillCanned, matchingCanned } from "./fill-canned";
import type { ConsoleActs } from "./use-console-acts";

type Mode = "answer" | "note";

interface WriteBoxProps {
  conversationId: string;
  customer: string;
  /** Why the customer cannot be answered now; null: they can. */
  cannotAnswer: string | null;
  acts: ConsoleActs;
}

/** Where an operator writes to the customer, or to colleagues. What is written is kept in the tab until it is sent. */
export function WriteBox({ conversationId, customer, cannotAnswer, acts }: WriteBoxProps) {
  const [mode, setMode] = useState<Mode>("answer");
  return (
    <div className="flex flex-col gap-2">
      <div role="group" aria-label="Who reads it" className="flex gap-1">
        {(["answer", "note"] as const).map((each) => (
          <Button
            key={each}
            size="dense"
            look={each === mode ? "outline" : "quiet"}
            aria-pressed={each === mode}
            onClick={() => setMode(each)}
            className="max-sm:h-11"
          >
            {each === "answer" ? "Answer" : "Internal note"}
          </Button>
        ))}
      </div>
      {mode === "answer" && cannotAnswer !== null ? (
        <p className="py-2 text-ink-2">{cannotAnswer}</p>
      ) : (
        <Text key={mode} mode={mode} conversationId={conversationId} customer={customer} acts={acts} />
      )}
    </div>
  );
}

function Text({ mode, conversationId, customer, acts }: Omit<WriteBoxProps, "cannotAnswer"> & { mode: Mode }) {
  const { text, onText } = useKeptMessage(`${mode} in ${conversationId}`);
  const api = useTRPC();
  const canned = useQuery(api.console.canned.queryOptions());
  const [active, setActive] = useState(0);
  const [managing, setManaging] = useState(false);
  const box = useRef<HTMLTextAreaElement>(null);
  const isOnItsWay = useRef(false);
  const listId = useId();
  const search = mode === "answer" ? cannedSearch(text) : null;
  const found = search === null ? [] : matchingCanned(canned.data ?? [], search);
  const chosen = Math.min(active, found.length - 1);

  const send = async () => {
    const body = text.trim();
    if (body === "" || acts.sending || isOnItsWay.current) return;
    isOnItsWay.current = true;
    const isSent = await (mode === "answer" ? acts.answer(body) : acts.note(body));
    isOnItsWay.current = false;
    if (isSent) onText("");
    box.current?.focus();
  };
  const pick = (answer: CannedAnswer) => {
    onText(fillCanned(answer.body, customer).slice(0, longestMessage));
    setActive(0);
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (sendsWriting(event.nativeEvent)) {
      event.preventDefault();
      void send();
      return;
    }
    const picked = found[chosen];
    if (!picked || event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setActive((chosen + 1) % found.length);
    else if (event.key === "ArrowUp") setActive((chosen - 1 + found.length) % found.length);
    else if (event.key === "Enter") pick(picked);
    else return;
    event.preventDefault();
  };
  const isListed = found.length > 0;
  return (
    <div className="flex flex-col gap-2">
      {isListed && <CannedList id={listId} answers={found} active={chosen} onPick={pick} />}
      {search !== null && !isListed && canned.data && (
        <p className="text-dense text-ink-2">
          No canned answer is called so. What you write goes to the customer as it is.
        </p>
      )}
      <textarea
        ref={box}
        aria-label={mode === "answer" ? `Answer to ${customer}` : "Internal note"}
        placeholder={mode === "answer" ? `Write to ${customer}, or / for a canned answer` : "Only colleagues read this"}
        rows={3}
        maxLength={longestMessage}
        value={text}
        aria-describedby={`${listId}-help`}
        aria-autocomplete={mode === "answer" ? "list" : undefined}
        aria-controls={isListed ? listId : undefined}
        aria-activedescendant={isListed ? `${listId}-${String(chosen)}` : undefined}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={onKeyDown}
        className={clsx(
          controlClass,
          "field-sizing-content max-h-60 min-h-20 resize-none py-2",
          mode === "note" && "bg-sunken",
        )}
      />
      <div className="flex flex-wrap items-center gap-2">
        <p id={`${listId}-help`} className="mr-auto text-label text-ink-3">
          {text.length} of {longestMessage}
          <span className="max-sm:sr-only"> characters</span>
          <span className="max-sm:hidden"> · Ctrl Enter sends</span>
        </p>
        {mode === "answer" && (
          <Button look="quiet" onClick={() => setManaging(true)}>
            Canned answers
          </Button>
        )}
        <Button look="primary" busy={acts.sending} disabled={text.trim() === ""} onClick={() => void send()}>
          {mode === "answer" ? "Send" : "Add note"}
        </Button>
      </div>
      {managing && <CannedDialog onOpenChange={setManaging} />}
    </div>
  );
}
