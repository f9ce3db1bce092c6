"use client";
import { StickyNote } from "lucide-react";
import { useEffect, useLayoutEffect, useMemo, useRef } from "react";
import type { ConsoleConversation, ThreadEntry } from "@/core/contracts/console";
import { MessageBubble } from "@/components/conversation/message-bubble";
import { Introduction } from "@/components/fields/introduction";
import { SchemaForm } from "@/components/fields/schema-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { VisibleText } from "@/components/ui/visible-text";
import { PastForm } from "./past-form";
import { threadItems, type ThreadItem } from "./thread-items";
import { useSeen, useThread } from "./use-console";

/** How far from the end somebody still reads along, px. */
const nearEnd = 160;

/** What was said, noted and asked for. It stays at its end while new things come, unless somebody reads further up. */
export function Thread({ conversation }: { conversation: ConsoleConversation }) {
  const { id, forms, pastForms } = conversation;
  const { entries, problem, retry, earlier } = useThread(id);
  const items = useMemo(
    () => threadItems(entries ?? [], { forms, pastForms }, earlier === null),
    [entries, forms, pastForms, earlier],
  );
  useSeen(id, entries?.findLast(({ author, kind }) => kind === "message" && author === "contact")?.id ?? null);
  const part = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const latest = items.at(-1)?.id;
  useEffect(() => {
    const shown = part.current;
    const look = () => {
      if (shown) isAtEnd.current = shown.scrollHeight - shown.scrollTop - shown.clientHeight < nearEnd;
    };
    shown?.addEventListener("scroll", look, { passive: true });
    return () => shown?.removeEventListener("scroll", look);
  }, []);
  useLayoutEffect(() => {
    const shown = part.current;
    if (latest === undefined || !shown || !isAtEnd.current) return;
    if (shown.scrollHeight > shown.clientHeight) {
      shown.scrollTo({ top: shown.scrollHeight });
    } else if (window.matchMedia("(max-width: 767px)").matches) {
      // On a phone the page itself scrolls: to the end when it is opened, then as its reader wants.
      window.scrollTo({ top: document.documentElement.scrollHeight });
      isAtEnd.current = false;
    }
  }, [latest]);
  return (
    <div
      ref={part}
      tabIndex={0}
      role="region"
      aria-label="Messages"
      className="min-h-0 flex-1 px-4 py-4 md:overflow-y-auto"
    >
      {entries === null ? (
        problem === null ? (
          <SkeletonRows label="Loading messages" />
        ) : (
          <ErrorState title="The messages did not load" message={problem} onRetry={retry} />
        )
      ) : (
        <div className="mx-auto flex max-w-[680px] flex-col gap-4">
          {earlier && (
            <Button className="self-center" busy={earlier.busy} onClick={earlier.load}>
              Show earlier messages
            </Button>
          )}
          {items.length === 0 && <p className="text-ink-2">Nothing was written yet.</p>}
          <ol aria-label="Thread" className="flex flex-col gap-4">
            {items.map((item) => (
              <Item key={item.id} item={item} />
            ))}
          </ol>
        </div>
      )}
    </div>
  );
}

function Item({ item }: { item: ThreadItem }) {
  if (item.kind === "entry")
    return item.entry.kind === "note" ? <Note note={item.entry} /> : <Message entry={item.entry} />;
  return (
    <li data-item={item.kind}>
      {item.kind === "past_form" ? <PastForm form={item.form} /> : <OpenForm form={item.form} />}
    </li>
  );
}

function Message({ entry }: { entry: ThreadEntry }) {
  return (
    <MessageBubble
      itemId={entry.id}
      side={entry.author === "contact" ? "them" : "us"}
      authorName={entry.authorName}
      body={entry.body}
      at={entry.at}
    />
  );
}

function Note({ note }: { note: ThreadEntry }) {
  return (
    <li data-item="note" className="rounded-card border border-dashed border-control px-3.5 py-2.5">
      <p className="flex items-center gap-1.5 text-label font-medium text-ink-2">
        <StickyNote size={13} aria-hidden /> Internal note · {note.authorName} · <RelativeTime at={note.at} />
      </p>
      <p className="mt-1 whitespace-pre-wrap [overflow-wrap:anywhere]">
        <VisibleText text={note.body} />
      </p>
    </li>
  );
}

/** As the customer sees it; only they fill it in here. */
function OpenForm({ form }: { form: ConsoleConversation["forms"][number] }) {
  return (
    <Card bar="quiet" className="p-4">
      <p className="mb-1 text-label text-ink-2">
        The customer is asked to fill this in, since <RelativeTime at={form.askedAt} />
      </p>
      <h3 className="mb-3 text-reading font-semibold [overflow-wrap:anywhere]">{form.title}</h3>
      <div inert className="flex flex-col gap-4 opacity-70">
        <Introduction text={form.introduction} />
        <SchemaForm
          schema={form.schema}
          values={form.values}
          submitLabel="Send"
          busy={false}
          problem={null}
          hidden={form.hidden}
          onSubmit={() => undefined}
        />
      </div>
    </Card>
  );
}
