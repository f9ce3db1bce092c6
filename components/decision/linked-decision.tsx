"use client";
import { CircleCheck } from "lucide-react";
import { useEffect, useRef } from "react";
import type { DecisionPage } from "@/core/contracts/decision-link";
import { ApprovalChanges } from "@/components/inbox/approval-changes";
import { ConversationSection, HeldSection } from "@/components/inbox/card-sections";
import { AskedByRule } from "@/components/inbox/asked-by-rule";
import { DecisionChip } from "@/components/inbox/decision-chip";
import { DecisionRecordCard } from "@/components/inbox/decision-record";
import { nextFacts } from "@/components/inbox/next-facts";
import { Votes } from "@/components/inbox/votes";
import { PaneSection } from "@/components/inbox/pane-section";
import { DottedLine } from "@/components/ui/dotted-line";
import { Facts } from "@/components/ui/facts";
import { Mark } from "@/components/ui/mark";
import { Notice } from "@/components/ui/notice";
import { DueTime } from "@/components/ui/due-time";
import { RelativeTime } from "@/components/ui/relative-time";
import { VisibleText } from "@/components/ui/visible-text";
import { LinkAnswer } from "./link-answer";

interface LinkedDecisionProps {
  token: string;
  page: Extract<DecisionPage, { state: "shown" }>;
  refresh: () => void;
}

/** What waits, to somebody who has proven who they are; or how it was decided. */
export function LinkedDecision({ token, page: { card, name, proof, nonce, isOutside }, refresh }: LinkedDecisionProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // What stood here before asked for a code, and is gone.
    heading.current?.focus();
  }, []);
  const isOpen = card.status === "pending" || card.status === "info_requested";
  return (
    <main className="mx-auto flex max-w-[680px] flex-col gap-6 px-4 py-6 sm:py-12">
      <p className="flex items-center gap-2 text-dense text-ink-2">
        <Mark size={20} />
        <span className="min-w-0 break-words">
          {name}
          {proof === "session" ? ", signed in" : ", address proven by code"}
        </span>
      </p>
      <header>
        <DecisionChip item={card} />
        <h1
          ref={heading}
          tabIndex={-1}
          className="mt-2 rounded-chip text-heading font-semibold [overflow-wrap:anywhere]"
        >
          <VisibleText text={card.headline} />
        </h1>
        <DottedLine
          className="mt-0.5 text-ink-2"
          parts={[
            !isOutside && card.workflow.name,
            card.requestedBy !== null && <VisibleText key="by" text={`Asked by ${card.requestedBy}`} />,
            <RelativeTime key="asked" at={card.createdAt} />,
            isOpen && card.dueAt !== null && <DueTime key="due" at={card.dueAt} countsBy={card.countsBy} />,
          ]}
        />
        <AskedByRule rule={card.rule} />
        <DecisionRecordCard context={card} />
        {!isOpen && card.record === null && card.decidedBy !== null && (
          <p className="mt-3 flex items-start gap-2">
            <CircleCheck size={16} aria-hidden className="mt-0.5 shrink-0 text-completed" />
            <span>
              {card.decidedBy.name} {card.decision === "rejected" ? "rejected" : "approved"} this
              {card.decidedAt !== null && (
                <>
                  {" "}
                  <RelativeTime at={card.decidedAt} />
                </>
              )}
              .
            </span>
          </p>
        )}
      </header>
      {card.fields.length > 0 && (
        <PaneSection title="Request">
          <Facts items={card.fields} />
        </PaneSection>
      )}
      {isOutside && card.changed.length > 0 && (
        <PaneSection title="Changed since it was approved">
          <ApprovalChanges changes={card.changed} />
        </PaneSection>
      )}
      {isOpen && (
        <PaneSection title="What happens next">
          <Facts items={nextFacts(card)} />
        </PaneSection>
      )}
      {isOpen && card.isPaused && (
        <Notice tone="quiet">
          This run is paused. You can decide; what follows waits until somebody resumes the run.
        </Notice>
      )}
      {isOutside && <ConversationSection conversation={card.conversation} />}
      {isOutside && <HeldSection card={card} />}
      {isOpen && <Votes item={card} />}
      <LinkAnswer token={token} card={card} nonce={nonce} isOutside={isOutside} refresh={refresh} />
      {!isOutside && (
        <p className="text-dense text-ink-2">
          Conversation and history are in{" "}
          <a href={`/inbox?id=${card.id}`} className="text-link underline underline-offset-2">
            the inbox
          </a>
          .
        </p>
      )}
    </main>
  );
}
