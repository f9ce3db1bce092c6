"use client";
import { clsx } from "clsx";
import { ArrowLeft } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import type { PublishReviewItem } from "@/core/contracts/draft";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useReadNotices } from "@/components/data/use-read-notices";
import { useShortcuts } from "@/components/ui/use-shortcuts";
import { useUndoKey } from "@/components/ui/use-undo-key";
import { useReview } from "./use-review";
import { BulkBar } from "./bulk-bar";
import { BulkDialog } from "./bulk-dialog";
import { BulkResult } from "./bulk-result";
import { InboxBody } from "./inbox-body";
import { focusOpenDecision, openDecisionId, useInboxFocus } from "./inbox-focus";
import { InboxHead } from "./inbox-head";
import { keepOpen, type KeptOpen } from "./kept-open";
import { inboxHref, isNarrowed, reviewKey, type InboxPlace } from "./inbox-place";
import { afterDecision, neighbour } from "./list-moves";
import { LookersProvider, OpenLookers } from "./lookers";
import { OpenItem } from "./open-item";
import { ResultNotice } from "./result-notice";
import { ReviewPane } from "./review-pane";
import { useDecision, type DecisionResult } from "./use-decision";
import { useInboxItem } from "./use-inbox";
import { useListing } from "./use-listing";
import { useLookers } from "./use-lookers";
import { useLot } from "./use-lot";
import { SkipToOpen } from "./skip-to-open";
import { useMyReviews } from "./use-my-reviews";
import { usePlace } from "./use-place";

/** The list at the left, what is open at the right; on a phone one at a time. */
export function InboxScreen() {
  const router = useRouter();
  const query = useSearchParams();
  const asked = query.get("review");
  const chosen = asked === null ? query.get("id") : reviewKey(asked);
  const [place, choosePlace] = usePlace(chosen);
  const { view } = place;
  const waiting = useMyReviews();
  const reviews = view === "pending" ? waiting.reviews.filter((each) => isListedReview(each, place)) : [];
  const [search, setSearch] = useState("");
  const list = useListing(place, search);
  const items = list.items ?? [];
  const ids = [...reviews.map(({ id }) => reviewKey(id)), ...items.map((item) => item.id)];
  const [kept, setKept] = useState<KeptOpen>({ view, id: null, left: null });
  const keeping = keepOpen(kept, view, list.items && list.isSettled && !waiting.loading ? ids : null);
  if (keeping !== kept) setKept(keeping);
  const shown = chosen ?? keeping.id;
  const review = waiting.reviews.find(({ id }) => reviewKey(id) === shown);
  const open = shown === null || review || asked !== null ? null : shown;
  // What was searched for is in the list, and what stands beside it may be something else.
  const isListed = (search.trim() === "" && !isNarrowed(place)) || (shown !== null && ids.includes(shown));
  const context = useInboxItem(open);
  useReadNotices(open);
  const lookers = useLookers(
    open,
    chosen !== null,
    items.map(({ id }) => id),
  );

  const { listPart, listHeading, pane, onPaneFocus, leave } = useInboxFocus(shown);
  useEffect(() => {
    // Another list begins at its top.
    listPart.current?.scrollTo({ top: 0 });
  }, [listPart, view]);
  const goOn = (decided: string) => {
    leave(decided);
    setKept({ view, id: null, left: decided });
    // A phone goes back to its list; a large screen goes on with the next.
    router.replace(inboxHref(place, isPhone() ? null : afterDecision(ids, decided)), { scroll: false });
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
      router.replace(inboxHref({ ...place, view: "pending" }, id), { scroll: false });
      focusOpenDecision();
    },
  );
  const lot = useLot(items, (decided) => {
    setReviewed(null);
    approving.dismiss();
    if (shown === null || !decided.includes(shown) || isPhone()) return;
    const left = ids.filter((id) => id === shown || !decided.includes(id));
    setKept({ view, id: null, left: shown });
    router.replace(inboxHref(place, afterDecision(left, shown)), { scroll: false });
  });
  const { selection, bulk } = lot;
  const hasSelection = selection.items.length > 0 && view === "pending";
  const takeBack = reviewed === null ? approving.takeBack : null;
  // The newest first.
  useUndoKey(takeBack ?? bulk.takeBack);
  const result = reviewed ?? approving.result;
  const move = (step: 1 | -1, { shiftKey }: { shiftKey: boolean }) => {
    const id = neighbour(ids, shown, step);
    if (id === null) return;
    if (shiftKey) selection.extend(id, shown);
    router.replace(inboxHref(place, id), { scroll: false });
    document.querySelector<HTMLElement>(`[data-approval="${CSS.escape(id)}"]`)?.focus();
  };
  useShortcuts(true, {
    next: (press) => move(1, press),
    previous: (press) => move(-1, press),
    select: () => {
      const at = cardAt(document.activeElement) ?? shown;
      if (at !== null) selection.toggle(at);
    },
    // Of several it is decided together, and asked once more.
    ...(hasSelection && { approve: () => lot.ask("approved"), reject: () => lot.ask("rejected") }),
  });

  return (
    <LookersProvider value={lookers}>
      <div className="md:grid md:h-[calc(100dvh-56px)] md:grid-cols-[clamp(260px,38%,420px)_minmax(0,1fr)]">
        <section
          ref={listPart}
          aria-label="Decisions"
          className={clsx(
            "min-h-0 flex-col md:flex md:border-r md:overflow-y-auto",
            chosen === null ? "flex" : "hidden",
          )}
        >
          {shown !== null && <SkipToOpen />}
          <InboxHead place={place} heading={listHeading}>
            {view === "pending" && (bulk.outcome !== null || result !== null) && (
              <div className="flex flex-col gap-2">
                {bulk.outcome !== null && (
                  <BulkResult outcome={bulk.outcome} takeBack={bulk.takeBack} onRead={bulk.dismiss} />
                )}
                {result && <ResultNotice result={result} undo={takeBack && { about, takeBack }} />}
              </div>
            )}
          </InboxHead>
          <InboxBody
            place={place}
            onPlace={choosePlace}
            search={search}
            onSearch={setSearch}
            list={list}
            reviews={reviews}
            selection={selection}
            shown={shown}
          />
          {hasSelection && <BulkBar selection={selection} onDecide={lot.ask} />}
        </section>
        <section
          ref={pane}
          id={openDecisionId}
          onFocus={onPaneFocus}
          aria-label="Open decision"
          className={clsx("min-h-0 min-w-0 bg-surface outline-none md:block", chosen === null ? "hidden" : "block")}
        >
          <h1 className="sr-only md:hidden">Inbox</h1>
          <Link
            href={inboxHref(place, null)}
            className="flex h-12 items-center gap-2 border-b px-4 font-medium md:hidden"
          >
            <ArrowLeft size={18} aria-hidden /> Inbox
          </Link>
          <OpenLookers id={open} />
          {review ? (
            <ReviewPane
              key={review.id}
              review={review}
              keys={isListed && !hasSelection}
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
              keys={isListed && !hasSelection}
            />
          )}
        </section>
        {lot.asking !== null && (
          <BulkDialog
            decision={lot.asking}
            items={selection.items}
            busy={bulk.busy}
            problem={bulk.problem}
            onDecide={bulk.decide}
            onClose={lot.close}
            finalFocus={lot.finalFocus}
          />
        )}
      </div>
    </LookersProvider>
  );
}

/** Publish reviews have no deadline, no money and nobody's name on them. */
function isListedReview({ workflow }: PublishReviewItem, { kind, askedAs, workflow: only }: InboxPlace): boolean {
  return (kind === null || kind === "review") && askedAs === null && (only === null || only === workflow.slug);
}

/** The item whose card this is a part of. */
function cardAt(element: Element | null): string | null {
  return element?.closest<HTMLElement>("[data-approval]")?.dataset["approval"] ?? null;
}

function isPhone(): boolean {
  return window.matchMedia("(max-width: 767px)").matches;
}
