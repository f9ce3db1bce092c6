"use client";
import { useQuery } from "@tanstack/react-query";
import { ChevronRight, SquarePen } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useTRPC } from "@/components/trpc";
import { Page, PageHeader } from "@/components/shell/page-header";
import { buttonClass } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { rowLinkClass, RowItem, Rows } from "@/components/ui/rows";
import { SkeletonRows } from "@/components/ui/skeleton";

/** What people who build nothing may ask for. */
export function StartScreen() {
  const api = useTRPC();
  const requests = useQuery(api.triggers.requests.queryOptions());
  return (
    <Page>
      <PageHeader
        title="Start a request"
        note="Pick what you need, answer a few questions, and follow it from there."
        actions={
          <Link href="/requests" className={buttonClass()}>
            My requests
          </Link>
        }
      />
      {requests.error ? (
        <ErrorState
          title="The list did not load"
          message={requests.error.message}
          onRetry={() => void requests.refetch()}
        />
      ) : requests.data === undefined ? (
        <SkeletonRows rows={5} label="Loading what can be requested" />
      ) : requests.data.items.length === 0 ? (
        <EmptyState icon={SquarePen} title="Nothing can be requested yet">
          Published workflows with a manual trigger or an intake form appear here.
        </EmptyState>
      ) : (
        <Rows aria-label="What can be requested">
          {requests.data.items.map(({ slug, name, description }) => (
            <RowItem key={slug}>
              <div className="min-w-0 flex-1">
                <Link href={`/requests/start/${slug}`} className={rowLinkClass}>
                  {name}
                </Link>
                {description !== "" && <p className="truncate text-dense text-ink-2">{description}</p>}
              </div>
              <ChevronRight size={16} aria-hidden className="shrink-0 text-ink-3" />
            </RowItem>
          ))}
        </Rows>
      )}
    </Page>
  );
}
