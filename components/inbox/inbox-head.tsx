"use client";
import { clsx } from "clsx";
import { Link } from "@/components/ui/link";
import type { ReactNode, Ref } from "react";
import { Kbd } from "@/components/ui/kbd";
import { useLetterKeys } from "@/components/ui/letter-keys-choice";
import { listHeadingId } from "./inbox-focus";
import { inboxHref, type InboxPlace } from "./inbox-place";

interface InboxHeadProps {
  place: InboxPlace;
  heading: Ref<HTMLHeadingElement>;
  /** What came of the last decision: it stays in sight. */
  children: ReactNode;
}

/** Stays at the top of the list. */
export function InboxHead({ place, heading, children }: InboxHeadProps) {
  const tabs = [
    { view: "pending", label: "Waiting" },
    { view: "decided", label: "Decided" },
  ] as const;
  return (
    <header className="sticky low:static top-0 z-10 bg-ground px-4 pt-5 pb-3">
      <div className="flex items-center justify-between gap-3">
        <h1 id={listHeadingId} ref={heading} tabIndex={-1} className="rounded-chip text-heading font-semibold">
          Inbox
        </h1>
        <span className="flex items-center gap-1 text-label text-ink-3 max-md:hidden">
          <MoveKeys />
        </span>
      </div>
      <nav aria-label="Which decisions" className="mt-2 flex gap-1">
        {tabs.map((tab) => (
          <Link
            key={tab.view}
            href={inboxHref(tab.view === place.view ? place : { view: tab.view }, null)}
            aria-current={tab.view === place.view ? "page" : undefined}
            className={clsx(
              "rounded-control px-3 py-1.5 font-medium max-sm:py-2.5",
              tab.view === place.view ? "bg-sunken text-ink" : "text-ink-2 hover:text-ink",
            )}
          >
            {tab.label}
          </Link>
        ))}
      </nav>
      <div className="mt-3 empty:hidden">{children}</div>
    </header>
  );
}

/** How to move with the keyboard, where letters do something. */
function MoveKeys() {
  if (useLetterKeys().letterKeys === "off") return null;
  return (
    <>
      <Kbd>J</Kbd>
      <Kbd>K</Kbd> move
    </>
  );
}
