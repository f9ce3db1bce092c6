"use client";
import type { AskItem } from "@/core/contracts/inbox";
import { StandsIn } from "@/components/people/stands-in";
import { TestChip } from "@/components/runs/test-chip";
import { RelativeTime } from "@/components/ui/relative-time";
import { VisibleText } from "@/components/ui/visible-text";
import { DecisionCard } from "../decision-card";
import { AskChip } from "./ask-chip";

/** A form, a conversation or a question, in the list of the inbox. */
export function AskCard({ item, href, selected }: { item: AskItem; href: string; selected: boolean }) {
  const open = item.status === "open";
  return (
    <DecisionCard
      id={item.id}
      href={href}
      selected={selected}
      open={open}
      headline={<VisibleText text={item.headline} />}
      marks={
        <>
          {item.test && <TestChip />}
          <AskChip item={item} />
        </>
      }
      facts={[
        item.requestedBy !== null && <VisibleText key="by" text={item.requestedBy} />,
        open ? (
          item.dueAt === null ? (
            <RelativeTime key="asked" at={item.createdAt} prefix="asked " />
          ) : (
            <RelativeTime key="due" ahead at={item.dueAt} prefix="due " />
          )
        ) : (
          item.answeredAt !== null && <RelativeTime key="over" at={item.answeredAt} />
        ),
        open && item.standsInFor !== null && <StandsIn key="away" person={item.standsInFor} />,
        item.workflow.name,
      ]}
    />
  );
}
