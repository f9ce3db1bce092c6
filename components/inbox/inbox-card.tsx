"use client";
import type { ApprovalItem } from "@/core/contracts/approval";
import { StandsIn } from "@/components/people/stands-in";
import { TestChip } from "@/components/runs/test-chip";
import { RelativeTime } from "@/components/ui/relative-time";
import { VisibleText } from "@/components/ui/visible-text";
import { DecisionCard } from "./decision-card";
import { DecisionChip } from "./decision-chip";
import { moneyField } from "./money-field";
import { SelectBox, type Selecting } from "./select-box";
import { countWords } from "./vote-words";

/** The sentence, the money, who asked and until when. */
export function InboxCard({
  item,
  href,
  selected,
  selecting = null,
}: {
  item: ApprovalItem;
  href: string;
  selected: boolean;
  /** Null where it is not decided together with others. */
  selecting?: Selecting | null;
}) {
  const open = item.status === "pending" || item.status === "info_requested";
  return (
    <DecisionCard
      id={item.id}
      href={href}
      selected={selected}
      open={open}
      beside={selecting && <SelectBox headline={item.headline} selecting={selecting} />}
      // Somebody else's turn, unless it is theirs to answer.
      {...(item.status === "info_requested" && !item.mayAnswer && { bar: "quiet" as const })}
      headline={<VisibleText text={item.headline} />}
      marks={
        <>
          {item.test && <TestChip />}
          {(!open || item.status === "info_requested") && <DecisionChip item={item} />}
        </>
      }
      figure={moneyField(item.fields)}
      facts={[
        item.requestedBy !== null && <VisibleText key="by" text={item.requestedBy} />,
        open ? (
          <Due key="due" item={item} />
        ) : (
          item.decidedAt !== null && <RelativeTime key="decided" at={item.decidedAt} />
        ),
        item.mayAnswer && "your answer is waited for",
        open && item.delegatedBy !== null && <VisibleText key="from" text={`from ${item.delegatedBy.name}`} />,
        open && item.standsInFor !== null && <StandsIn key="away" person={item.standsInFor} />,
        open && countWords(item),
        item.workflow.name,
      ]}
    />
  );
}

function Due({ item }: { item: ApprovalItem }) {
  if (item.dueAt === null) return <RelativeTime at={item.createdAt} prefix="Asked " />;
  return <RelativeTime ahead at={item.dueAt} prefix={item.requestedBy === null ? "Due " : "due "} />;
}
