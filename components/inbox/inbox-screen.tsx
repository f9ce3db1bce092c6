"use client";
import { clsx } from "clsx";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { SearchInput } from "@/components/ui/search-input";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useReadNotices } from "@/components/data/use-read-notices";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import { useUndoKey } from "@/components/ui/use-undo-key";
import { useReview } from "./use-review";
import { focusOpenDecision, openDecisionId, useInboxFocus } from "./inbox-focus";
import { InboxHead } from "./inbox-head";
import { keepOpen, type KeptOpen } from "./kept-open";
import { inboxHref, InboxList, reviewKey, type InboxView } from "./inbox-list";
import { afterDecision, neighbour } from "./list-moves";
import { OpenItem } from "./open-item";
import { ResultNotice } from "./result-notice";
import { ReviewPane } from "./review-pane";
import { UndecidableList } from "./undecidable-list";
import { useDecision, type DecisionResult } from "./use-decision";
import { useInbox, useInboxItem } from "./use-inbox";
import { useMyReviews } from "./use-my-reviews";

/** The list at the left, what is open at the right; on a phone one at a time. */
export function InboxScreen() {
  const router = useRouter();
  const query = useSearchParams();
  const view: InboxView = query.get("view") === "decided" ? "decided" : "pending";
  const asked = query.get("review");
  const chosen = asked === null ? query.get("id") : reviewKey(asked);
  const waiting = useMyReviews();
  const reviews = view === "pending" ? waiting.reviews : [];
  const [search, setSearch] = useState("");
  const list = useInbox(view, search);
  const items = list.items ?? [];
  const ids = [...reviews.map(({ id }) => reviewKey(id)), ...items.map((item) => item.id)];
  const [kept, setKept] = useState<KeptOpen>({ view, id: null, left: null });
  const keeping = keepOpen(kept, view, list.items && list.isSettled && !waiting.loading ? ids : null);
  if (keeping !== kept) setKept(keeping);
  const shown = chosen ?? keeping.id;
  const review = reviews.find(({ id }) => reviewKey(id) === shown);
  const open = shown === null || review || asked !== null ? null : shown;
  // What was searched for is in the list, and what stands beside it may be something else.
  const isListed = search.trim() === "" || (shown !== null && ids.includes(shown));
  const context = useInboxItem(open);
  useReadNotices(open);

  const { listPart, listHeading, pane, onPaneFocus, leave } = useInboxFocus(shown);
  useEffect(() => {
    // Another list begins at its top.
    listPart.current?.scrollTo({ top: 0 });
  }, [listPart, view]);
  const goOn = (decided: string) => {
    leave(decided);
    setKept({ view, id: null, left: decided });
    // A phone goes back to its list; a large screen goes on with the next.
    router.replace(inboxHref(view, isPhone() ? null : afterDecision(ids, decided)), { scroll: false });
  };
  const [reviewed, setReviewed] = useState<DecisionResult | null>(null);
  const reviewing = useReview((sentence) => {
    setReviewed({ tone: "completed", sentence });
    if (shown !== null) goOn(shown);
  });
  const onAnswered = (id: string, sentence: string) => {
    setReviewed({ tone: "completed", sentence });
    goOn(id);
  };
  const [about, setAbout] = useState("");
  const approving = useDecision(
    (id) => {
      setReviewed(null);
      setAbout(context.data?.headline ?? "");
      goOn(id);
    },
    (id) => {
      setKept({ view: "pending", id, left: null });
      router.replace(inboxHref("pending", id), { scroll: false });
      focusOpenDecision();
    },
  );
  const takeBack = reviewed === null ? approving.takeBack : null;
  useUndoKey(takeBack);
  const result = reviewed ?? approving.result;
  const move = (step: 1 | -1) => {
    const id = neighbour(ids, shown, step);
    if (id === null) return;
    router.replace(inboxHref(view, id), { scroll: false });
    document.querySelector<HTMLElement>(`[data-approval="${CSS.escape(id)}"]`)?.focus();
  };
  useShortcuts(true, { next: () => move(1), previous: () => move(-1) });

  return (
    <div className="md:grid md:h-[calc(100dvh-56px)] md:grid-cols-[minmax(320px,420px)_minmax(0,1fr)]">
      <section
        ref={listPart}
        aria-label="Decisions"
        className={clsx("min-h-0 flex-col md:flex md:border-r md:overflow-y-auto", chosen === null ? "flex" : "hidden")}
      >
        {shown !== null && <SkipToOpen />}
        <InboxHead view={view} heading={listHeading}>
          {result && view === "pending" && <ResultNotice result={result} undo={takeBack && { about, takeBack }} />}
        </InboxHead>
        <div className="flex flex-col gap-3 px-4 pb-6" aria-live="polite">
          {view === "pending" && (
            <UndecidableList
              limit={20}
              heading={(title) => <h2 className="mb-2 text-dense font-semibold">{title}</h2>}
            />
          )}
          <SearchInput
            label="Search the inbox"
            placeholder="Who, what or which workflow"
            value={search}
            onChange={setSearch}
            className="block"
          />
          {list.items ? (
            <InboxList items={items} reviews={reviews} view={view} search={search.trim()} selectedId={shown} />
          ) : list.problem !== null ? (
            <ErrorState title="The inbox did not load" message={list.problem} onRetry={list.retry} />
          ) : (
            <SkeletonRows label="Loading decisions" />
          )}
          {list.more && (
            <Button className="self-center" busy={list.more.busy} onClick={list.more.load}>
              Show more
            </Button>
          )}
        </div>
      </section>
      <section
        ref={pane}
        id={openDecisionId}
        onFocus={onPaneFocus}
        aria-label="Open decision"
        className={clsx("min-h-0 min-w-0 bg-surface outline-none md:block", chosen === null ? "hidden" : "block")}
      >
        <h1 className="sr-only md:hidden">Inbox</h1>
        <Link href={inboxHref(view, null)} className="flex h-12 items-center gap-2 border-b px-4 font-medium md:hidden">
          <ArrowLeft size={18} aria-hidden /> Inbox
        </Link>
        {review ? (
          <ReviewPane
            key={review.id}
            review={review}
            keys={isListed}
            busy={reviewing.busy}
            problem={reviewing.problem}
            onDecide={reviewing.decide}
            onWithdraw={reviewing.withdraw}
          />
        ) : asked !== null ? (
          waiting.loading ? (
            <SkeletonRows rows={8} label="Loading the request" />
          ) : (
            <ErrorState
              title="This request no longer waits for you"
              message="Somebody decided it, or it was withdrawn. The workflow's Versions tab says how it ended."
            />
          )
        ) : (
          <OpenItem
            context={context}
            shown={open}
            busy={approving.busy}
            problem={result?.tone === "failed" ? result : null}
            onDecide={approving.decide}
            onAnswered={onAnswered}
            keys={isListed}
          />
        )}
      </section>
    </div>
  );
}

/** Past all the cards, for those who come by keyboard. On a narrow screen the list stands alone. */
function SkipToOpen() {
  return (
    <a
      href={`#${openDecisionId}`}
      onClick={(event) => {
        event.preventDefault();
        focusOpenDecision();
      }}
      className="sr-only z-50 rounded-control bg-ink px-4 py-2 text-ground focus:not-sr-only focus:fixed focus:top-2 focus:left-2 max-md:hidden"
    >
      Skip to the open decision
    </a>
  );
}

function isPhone(): boolean {
  return window.matchMedia("(max-width: 767px)").matches;
}
