"use client";
import { clsx } from "clsx";
import { ArrowLeft, MessagesSquare } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SearchInput } from "@/components/ui/search-input";
import { SkeletonRows } from "@/components/ui/skeleton";
import { consoleHref, type ConsoleView } from "./console-href";
import { OpenConversation } from "./open-conversation";
import { QueueList } from "./queue-list";
import { useConversation, useQueue } from "./use-console";

/** The queue at the left, what is open at the right; on a phone one at a time. */
export function ConsoleScreen() {
  const query = useSearchParams();
  const view: ConsoleView = query.get("view") === "closed" ? "closed" : "open";
  const chosen = query.get("id");
  const [search, setSearch] = useState("");
  const queue = useQueue(view, search);
  const open = useConversation(chosen);
  return (
    <div className="md:grid md:h-[calc(100dvh-56px)] md:grid-cols-[minmax(280px,340px)_minmax(0,1fr)]">
      <section
        aria-label="Queue"
        className={clsx("min-h-0 flex-col md:flex md:overflow-y-auto md:border-r", chosen === null ? "flex" : "hidden")}
      >
        <header className="sticky low:static top-0 z-10 bg-ground px-4 pt-5 pb-3">
          <h1 className="text-heading font-semibold">Conversations</h1>
          <nav aria-label="Which conversations" className="mt-3 flex gap-6 border-b">
            {(["open", "closed"] as const).map((each) => (
              <Link
                key={each}
                href={consoleHref(each, null)}
                aria-current={each === view ? "page" : undefined}
                className={clsx(
                  "-mb-px inline-flex h-10 items-center border-b-2 font-medium max-sm:h-11",
                  each === view ? "border-ink text-ink" : "border-transparent text-ink-2 hover:text-ink",
                )}
              >
                {each === "open" ? "Open" : "Closed"}
              </Link>
            ))}
          </nav>
        </header>
        <div className="flex flex-col gap-3 px-4 pb-6">
          <SearchInput
            label="Search conversations"
            placeholder="Customer, or words they used"
            value={search}
            onChange={setSearch}
            className="block"
          />
          {queue.items ? (
            <QueueList items={queue.items} view={view} search={search.trim()} selectedId={chosen} />
          ) : queue.problem !== null ? (
            <ErrorState title="The conversations did not load" message={queue.problem} onRetry={queue.retry} />
          ) : (
            <SkeletonRows label="Loading conversations" />
          )}
          {queue.more && (
            <Button className="self-center" busy={queue.more.busy} onClick={queue.more.load}>
              Show more
            </Button>
          )}
        </div>
      </section>
      <section
        aria-label="Open conversation"
        className={clsx("min-h-0 min-w-0 bg-surface md:block", chosen === null ? "hidden" : "block")}
      >
        <Link
          href={consoleHref(view, null)}
          className="flex h-12 items-center gap-2 border-b px-4 font-medium md:hidden"
        >
          <ArrowLeft size={18} aria-hidden /> Conversations
        </Link>
        {chosen === null ? (
          <EmptyState icon={MessagesSquare} title="No conversation is open">
            Choose one from the queue. Those at its top wait for somebody.
          </EmptyState>
        ) : open.data ? (
          <OpenConversation key={open.data.id} conversation={open.data} />
        ) : open.error ? (
          <ErrorState
            title="This conversation did not load"
            message={open.error.message}
            onRetry={() => void open.refetch()}
          />
        ) : (
          <SkeletonRows rows={8} label="Loading the conversation" />
        )}
      </section>
    </div>
  );
}
