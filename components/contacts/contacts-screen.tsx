"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Contact, SearchX } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useDeferredValue, useState } from "react";
import { searchable } from "@/components/inbox/use-inbox";
import { Page, PageHeader } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { DottedLine } from "@/components/ui/dotted-line";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { rowLinkClass, RowItem, Rows } from "@/components/ui/rows";
import { SearchInput } from "@/components/ui/search-input";
import { SkeletonRows } from "@/components/ui/skeleton";
import { VisibleText } from "@/components/ui/visible-text";

/** Everybody who wrote or asked for something without an account. */
export function ContactsScreen() {
  const [search, setSearch] = useState("");
  return (
    <Page>
      <PageHeader title="Contacts" note="Customers and others who write to you or ask for something." />
      <SearchInput
        label="Search contacts"
        placeholder="Name, e-mail address or phone number"
        value={search}
        onChange={setSearch}
        className="mb-4 block sm:max-w-80"
      />
      <ContactList search={useDeferredValue(searchable(search))} />
    </Page>
  );
}

function ContactList({ search }: { search: string }) {
  const api = useTRPC();
  const pages = useInfiniteQuery(
    api.contacts.list.infiniteQueryOptions(search === "" ? {} : { search }, {
      getNextPageParam: (page) => page.nextCursor,
    }),
  );
  if (!pages.data) {
    if (!pages.error) return <SkeletonRows rows={8} label="Loading contacts" />;
    return (
      <ErrorState
        title="The contacts did not load"
        message={pages.error.message}
        onRetry={() => void pages.refetch()}
      />
    );
  }
  const items = pages.data.pages.flatMap((page) => page.items);
  if (items.length === 0)
    return search === "" ? (
      <EmptyState icon={Contact} title="No contacts yet">
        Whoever writes to you in a conversation, or asks for something through a form, stands here.
      </EmptyState>
    ) : (
      <EmptyState icon={SearchX} title={`No contact contains “${search}”`}>
        Search for a name, an e-mail address or a phone number.
      </EmptyState>
    );
  return (
    <div className="flex flex-col gap-4">
      <Rows aria-label="Contacts">
        {items.map((contact) => (
          <RowItem key={contact.id} className="flex-wrap justify-between">
            <div className="min-w-0">
              <Link href={`/contacts/${contact.id}`} className={rowLinkClass}>
                <VisibleText text={contact.name} />
              </Link>
              <DottedLine
                className="text-dense text-ink-2 [overflow-wrap:anywhere]"
                parts={[contact.email ?? "No e-mail address", contact.phone, contact.plan]}
              />
            </div>
            <span className="text-dense text-ink-2">
              <RelativeTime at={contact.created_at} prefix="first seen " />
            </span>
          </RowItem>
        ))}
      </Rows>
      {pages.hasNextPage && (
        <Button className="self-center" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  );
}
