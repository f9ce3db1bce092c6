"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ListChecks, SearchX } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useDeferredValue, useState } from "react";
import { searchable } from "@/components/inbox/use-inbox";
import { Page, PageHeader } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-look";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Rows } from "@/components/ui/rows";
import { SearchInput } from "@/components/ui/search-input";
import { SkeletonRows } from "@/components/ui/skeleton";
import { MyRequestRow } from "./my-request-row";

/** What this member asked for, and how it stands. */
export function MyRequestsScreen() {
  const [search, setSearch] = useState("");
  return (
    <Page>
      <PageHeader
        title="My requests"
        note="What you asked for: who has it, how long it usually takes, and how it ended."
        actions={
          <Link href="/requests/start" className={buttonClass({ look: "primary" })}>
            Start a request
          </Link>
        }
      />
      <SearchInput
        label="Search my requests"
        placeholder="Its name, or an answer you gave"
        value={search}
        onChange={setSearch}
        className="mb-4 block sm:max-w-80"
      />
      <RequestList search={useDeferredValue(searchable(search))} />
    </Page>
  );
}

function RequestList({ search }: { search: string }) {
  const api = useTRPC();
  const pages = useInfiniteQuery(
    api.requests.mine.infiniteQueryOptions(search === "" ? {} : { search }, {
      getNextPageParam: (page) => page.nextCursor,
    }),
  );
  if (!pages.data) {
    if (!pages.error) return <SkeletonRows rows={6} label="Loading your requests" />;
    return (
      <ErrorState
        title="Your requests did not load"
        message={pages.error.message}
        onRetry={() => void pages.refetch()}
      />
    );
  }
  const items = pages.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return search === "" ? (
      <EmptyState icon={ListChecks} title="You have asked for nothing yet">
        Start a request, and follow here who has it and what came of it.
      </EmptyState>
    ) : (
      <EmptyState icon={SearchX} title={`None of your requests contains “${search}”`}>
        Search for what it was about, or for an answer you gave.
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-6">
      {[false, true].map((isOver) => {
        const shown = items.filter((item) => item.isOver === isOver);
        if (shown.length === 0) return null;
        const title = isOver ? "Over" : "Under way";
        return (
          <section key={title} aria-label={title}>
            <h2 className="mb-2 text-reading font-semibold">{title}</h2>
            <Rows aria-label={title}>
              {shown.map((item) => (
                <MyRequestRow key={item.id} request={item} />
              ))}
            </Rows>
          </section>
        );
      })}
      {pages.hasNextPage && (
        <Button className="self-center" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  );
}
