"use client";
import { clsx } from "clsx";
import { AlarmClock, CircleX, UserRound } from "lucide-react";
import { Link } from "@/components/ui/link";
import type { InboxItem } from "@/core/contracts/inbox";
import { Chip } from "@/components/ui/chip";
import { useClock } from "@/components/ui/clock";
import { DottedLine } from "@/components/ui/dotted-line";
import { RelativeTime } from "@/components/ui/relative-time";
import { rowLinkClass, RowItem, Rows } from "@/components/ui/rows";
import { moneyField } from "@/components/inbox/money-field";
import { byUrgency, urgency } from "./urgency";
import { VisibleText } from "@/components/ui/visible-text";

/** What waits for the viewer, the most urgent first. `more`: there is more of it than these. */
export function DecisionList({ items, more, limit }: { items: readonly InboxItem[]; more: boolean; limit: number }) {
  const now = useClock();
  if (items.length === 0)
    return (
      <p className="rounded-card border border-hairline bg-surface px-4 py-3 text-ink-2">
        Nothing waits for you. As soon as something does, it stands here and in this tab's title.
      </p>
    );
  const late = items.filter((item) => urgency(item, now) === "overdue").length;
  return (
    <>
      {late > 0 && (
        <p className="mb-2 text-dense font-medium text-person">
          {late === 1 ? "One is overdue." : `${String(late)} are overdue.`}
        </p>
      )}
      <Rows aria-label="Open decisions">
        {byUrgency(items)
          .slice(0, limit)
          .map((item) => (
            <RowItem key={item.id} className="flex-wrap gap-y-1">
              <span
                aria-hidden
                className={clsx(
                  "absolute inset-y-0 left-0 w-[3px]",
                  item.kind === "failed" ? "bg-failed" : "bg-person-solid",
                )}
              />
              <div className="min-w-0 flex-1 max-sm:basis-full">
                <Link href={`/inbox?id=${item.id}`} className={rowLinkClass}>
                  <VisibleText text={item.headline} />
                </Link>
                <DottedLine
                  className="text-dense text-ink-2"
                  parts={[
                    item.requestedBy,
                    item.workflow.name,
                    item.dueAt !== null && <RelativeTime key="due" ahead at={item.dueAt} prefix="due " />,
                  ]}
                />
              </div>
              <Money item={item} />
              <UrgencyChip item={item} now={now} />
            </RowItem>
          ))}
      </Rows>
      {items.length > limit && (
        <p className="mt-2 text-dense text-ink-2">
          {more ? "and more in the inbox" : `and ${String(items.length - limit)} more in the inbox`}
        </p>
      )}
    </>
  );
}

function Money({ item }: { item: InboxItem }) {
  const money = item.kind === "approval" ? moneyField(item.fields) : null;
  return money === null ? null : <span className="figures text-reading font-medium">{money}</span>;
}

function UrgencyChip({ item, now }: { item: InboxItem; now: number }) {
  if (item.kind === "failed")
    return (
      <Chip tone="failed" icon={CircleX}>
        Failed
      </Chip>
    );
  const how = urgency(item, now);
  if (how === "overdue")
    return (
      <Chip tone="person" icon={AlarmClock}>
        Overdue
      </Chip>
    );
  return (
    <Chip tone="person" icon={how === "soon" ? AlarmClock : UserRound}>
      {how === "soon" ? "Due soon" : "Your turn"}
    </Chip>
  );
}
