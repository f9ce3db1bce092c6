"use client";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import type { ReactNode } from "react";
import type { TriggerEventItem } from "@/core/contracts/trigger";
import { useBuilder } from "@/components/builder/state/use-builder";
import { useTRPC } from "@/components/trpc";
import { runName } from "@/components/runs/run-id";
import { JsonView } from "@/components/ui/json-view";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";

const shown = 10;

/** The last events of a name, with what this workflow made of each. */
export function RecentEvents({ event, action }: { event: string; action: ReactNode }) {
  const api = useTRPC();
  const slug = useBuilder((state) => state.slug);
  const events = useQuery(api.triggers.recentEvents.queryOptions({ slug, event, limit: shown }));
  return (
    <section aria-label="Last events" className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-3">
        <h3 className="text-dense font-medium">Last events of this name</h3>
        {action}
      </div>
      {events.error && <Notice tone="failed">{events.error.message}</Notice>}
      {events.data?.items.length === 0 && <p className="text-dense text-ink-3">None has arrived yet.</p>}
      <ul className="flex flex-col">
        {events.data?.items.map((item) => (
          <li key={item.id} className="border-b border-hairline py-2 text-dense last:border-b-0">
            <div className="flex flex-wrap items-center gap-x-3">
              <Outcome outcome={item.outcome} />
              <span className="ml-auto text-ink-3">
                <RelativeTime at={item.at} />
              </span>
            </div>
            <details>
              <summary className="w-fit cursor-pointer text-label text-ink-2 hover:text-ink max-sm:py-3">Data</summary>
              <div className="mt-1">
                <JsonView label={`Data of ${item.name}`} value={item.data} />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Outcome({ outcome }: { outcome: TriggerEventItem["outcome"] }) {
  if (outcome.kind === "started")
    return (
      <span className="font-medium">
        Started{" "}
        <Link href={`/runs/${outcome.runId}`} className="font-mono underline underline-offset-2">
          {runName(outcome.runId)}
        </Link>
      </span>
    );
  if (outcome.kind === "refused") return <span className="font-medium text-failed">Refused: {outcome.message}</span>;
  if (outcome.kind === "unclear")
    return <span className="font-medium text-failed">The filter could not be worked out: {outcome.message}</span>;
  return <span className="text-ink-2">Not for this workflow</span>;
}
