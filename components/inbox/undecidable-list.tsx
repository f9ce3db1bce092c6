"use client";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import type { ReactNode } from "react";
import { undecidableWords } from "@/core/contracts/undecidable";
import { useTRPC } from "@/components/trpc";
import { DottedLine } from "@/components/ui/dotted-line";
import { RelativeTime } from "@/components/ui/relative-time";
import { rowLinkClass, RowItem, Rows } from "@/components/ui/rows";

/** What nobody can decide, for those who can do something about it; nothing for everybody else. */
export function UndecidableList({ heading, limit }: { heading: (title: string) => ReactNode; limit: number }) {
  const api = useTRPC();
  const { data } = useQuery(api.approvals.undecidable.queryOptions());
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section aria-label="Nobody can decide">
      {heading("Nobody can decide")}
      <Rows aria-label="Nobody can decide">
        {items.slice(0, limit).map((item) => (
          <RowItem key={item.id}>
            <span aria-hidden className="absolute inset-y-0 left-0 w-[3px] bg-failed" />
            <div className="min-w-0 flex-1">
              <Link href={`/inbox?id=${item.id}`} className={rowLinkClass}>
                {item.headline}
              </Link>
              <DottedLine
                className="text-dense text-ink-2"
                parts={[item.workflow.name, <RelativeTime key="since" at={item.since} prefix="since " />]}
              />
              <p className="text-dense text-ink-2">{undecidableWords(item.kind, item, item.assignTo)}</p>
            </div>
          </RowItem>
        ))}
      </Rows>
      {items.length > limit && (
        <p className="mt-2 text-dense text-ink-2">{`and ${String(items.length - limit)} more`}</p>
      )}
    </section>
  );
}
