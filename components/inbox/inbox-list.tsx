import { Inbox } from "lucide-react";
import type { ApprovalItem } from "@/core/contracts/approval";
import { EmptyState } from "@/components/ui/empty-state";
import { InboxCard } from "./inbox-card";

export type InboxView = "pending" | "decided";

/** The address of the inbox with one approval open. */
export function inboxHref(view: InboxView, id: string | null): string {
  const query = new URLSearchParams();
  if (view === "decided") query.set("view", view);
  if (id !== null) query.set("id", id);
  return query.size === 0 ? "/inbox" : `/inbox?${query.toString()}`;
}

export function InboxList({
  items,
  view,
  selectedId,
}: {
  items: ApprovalItem[];
  view: InboxView;
  selectedId: string | null;
}) {
  if (items.length === 0)
    return view === "pending" ? (
      <EmptyState icon={Inbox} title="Nothing waits for you.">
        We will write when something does.
      </EmptyState>
    ) : (
      <EmptyState icon={Inbox} title="No decisions yet">
        What you and your colleagues decide is listed here.
      </EmptyState>
    );
  return (
    <ul className="flex flex-col gap-2">
      {items.map((item) => (
        <li key={item.id}>
          <InboxCard item={item} href={inboxHref(view, item.id)} selected={item.id === selectedId} />
        </li>
      ))}
    </ul>
  );
}
