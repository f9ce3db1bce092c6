"use client";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import type { ReactNode } from "react";
import type { InboxItem } from "@/core/contracts/inbox";
import { UndecidableList } from "@/components/inbox/undecidable-list";
import { RunRows } from "@/components/runs/run-rows";
import { Page, PageHeader } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { WorkflowRows } from "@/components/workflows/workflow-rows";
import { DecisionList } from "./decision-list";
import { FirstStepsCard } from "./first-steps-card";

const shownRows = 5;

const mayAnswer = (item: InboxItem): boolean => (item.kind === "approval" ? item.canDecide : item.canAnswer);

/** What needs the viewer, what went wrong, what runs; and the way to a first workflow. */
export function HomeScreen() {
  const api = useTRPC();
  const steps = useQuery(api.library.firstSteps.queryOptions());
  const decisions = useQuery(api.inbox.list.queryOptions({ view: "pending" }));
  const failures = useQuery(api.runs.list.queryOptions({ status: ["failed"], limit: shownRows }));
  const workflows = useQuery(api.workflows.list.queryOptions());
  const live = (workflows.data?.items ?? []).filter(({ status, enabled }) => status === "active" && enabled);
  return (
    <Page>
      <PageHeader title="Home" />
      <div className="flex flex-col gap-8">
        {steps.data && <FirstStepsCard steps={steps.data} />}
        <UndecidableList
          limit={shownRows}
          heading={(title) => <h2 className="mb-2 text-reading font-semibold">{title}</h2>}
        />
        <Part title="Waiting for you" more={{ href: "/inbox", label: "Inbox" }} query={decisions}>
          <DecisionList
            items={decisions.data?.items.filter(mayAnswer) ?? []}
            more={decisions.data?.nextCursor !== null}
            limit={shownRows}
          />
        </Part>
        <Part title="Failed lately" more={{ href: "/runs?status=failed", label: "All failed runs" }} query={failures}>
          {failures.data?.items.length === 0 ? (
            <Quiet>Nothing failed.</Quiet>
          ) : (
            <RunRows items={failures.data?.items ?? []} showWorkflow />
          )}
        </Part>
        <Part title="Live workflows" more={{ href: "/workflows", label: "All workflows" }} query={workflows}>
          {live.length === 0 ? (
            <Quiet>Nothing is live yet. Publish a workflow and it shows here.</Quiet>
          ) : (
            <WorkflowRows items={live.slice(0, shownRows)} />
          )}
        </Part>
      </div>
    </Page>
  );
}

interface PartQuery {
  data?: unknown;
  error: { message: string } | null;
  refetch: () => unknown;
}

function Part({
  title,
  more,
  query,
  children,
}: {
  title: string;
  more: { href: string; label: string };
  query: PartQuery;
  children: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <h2 className="text-reading font-semibold">{title}</h2>
        <Link href={more.href} className="text-dense text-link hover:underline">
          {more.label}
        </Link>
      </div>
      {query.data !== undefined ? (
        children
      ) : query.error ? (
        <ErrorState title="This part did not load" message={query.error.message} onRetry={() => void query.refetch()} />
      ) : (
        <SkeletonRows rows={3} label={`Loading: ${title}`} />
      )}
    </section>
  );
}

function Quiet({ children }: { children: ReactNode }) {
  return <p className="rounded-card border border-hairline bg-surface px-4 py-3 text-ink-2">{children}</p>;
}
