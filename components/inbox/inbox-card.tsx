"use client";
import { clsx } from "clsx";
import Link from "next/link";
import type { ApprovalItem } from "@/core/contracts/approval";
import { TestChip } from "@/components/runs/test-chip";
import { Card } from "@/components/ui/card";
import { DottedLine } from "@/components/ui/dotted-line";
import { RelativeTime } from "@/components/ui/relative-time";
import { VisibleText } from "@/components/ui/visible-text";
import { DecisionChip } from "./decision-chip";
import { moneyField } from "./money-field";

/** The sentence, the money, who asked and until when. */
export function InboxCard({ item, href, selected }: { item: ApprovalItem; href: string; selected: boolean }) {
  const money = moneyField(item.fields);
  const open = item.status === "pending" || item.status === "info_requested";
  return (
    <Card
      bar={open ? "person" : "quiet"}
      className={clsx(
        "transition-colors duration-[120ms] hover:border-control",
        selected && "md:border-ink-2 md:bg-sunken",
      )}
    >
      <Link
        href={href}
        scroll={false}
        replace={selected}
        data-approval={item.id}
        aria-current={selected ? "true" : undefined}
        className="block rounded-card px-4 py-3 focus-visible:-outline-offset-2"
      >
        <span className="flex items-start justify-between gap-3">
          <span className="min-w-0 text-reading font-semibold [overflow-wrap:anywhere]">
            <VisibleText text={item.headline} />
          </span>
          {item.test && <TestChip />}
          {!open && <DecisionChip item={item} />}
        </span>
        {money !== null && <span className="mt-0.5 figures block text-right text-heading font-medium">{money}</span>}
        <DottedLine
          className="mt-1 text-dense text-ink-2"
          parts={[
            item.requestedBy !== null && <VisibleText key="by" text={item.requestedBy} />,
            open ? (
              <Due key="due" item={item} />
            ) : (
              item.decidedAt !== null && <RelativeTime key="decided" at={item.decidedAt} />
            ),
            item.workflow.name,
          ]}
        />
      </Link>
    </Card>
  );
}

function Due({ item }: { item: ApprovalItem }) {
  if (item.dueAt === null) return <RelativeTime at={item.createdAt} prefix="Asked " />;
  return <RelativeTime ahead at={item.dueAt} prefix={item.requestedBy === null ? "Due " : "due "} />;
}
