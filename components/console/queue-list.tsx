import { MessagesSquare, SearchX } from "lucide-react";
import type { QueueItem } from "@/core/contracts/console";
import { EmptyState } from "@/components/ui/empty-state";
import { consoleHref, type ConsoleView } from "./console-href";
import { QueueCard } from "./queue-card";
import { inSections, sectionTitles } from "./queue-words";

interface QueueListProps {
  items: readonly QueueItem[];
  view: ConsoleView;
  /** What they were searched by. */
  search: string;
  selectedId: string | null;
}

/** The queue, section by section. */
export function QueueList({ items, view, search, selectedId }: QueueListProps) {
  if (items.length === 0 && search !== "")
    return (
      <EmptyState icon={SearchX} title={`No conversation contains “${search}”`}>
        Search for the customer&apos;s name or address, or for words that were written.
      </EmptyState>
    );
  if (items.length === 0)
    return view === "open" ? (
      <EmptyState icon={MessagesSquare} title="No open conversations">
        What customers write stands here, and what workflows hand over to people.
      </EmptyState>
    ) : (
      <EmptyState icon={MessagesSquare} title="No closed conversations">
        Close one when nothing is left to do in it. What the customer writes next opens it again.
      </EmptyState>
    );
  return inSections(items).map(({ section, items: within }) => (
    <section key={section} aria-labelledby={`queue-${section}`} className="flex flex-col gap-2">
      <h2 id={`queue-${section}`} className="mt-1 text-dense font-semibold">
        {sectionTitles[section]}
      </h2>
      <ul className="flex flex-col gap-2">
        {within.map((item) => (
          <li key={item.id}>
            <QueueCard item={item} href={consoleHref(view, item.id)} selected={item.id === selectedId} />
          </li>
        ))}
      </ul>
    </section>
  ));
}
