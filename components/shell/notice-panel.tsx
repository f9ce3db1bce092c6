"use client";
import { Popover } from "@base-ui/react/popover";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { BellOff, Settings2 } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { NoticeRow } from "./notice-row";

/** The list behind the bell, newest first. `onLeave`: a link of it was followed. */
export function NoticePanel({ unread, onLeave }: { unread: number; onLeave: () => void }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const pages = useInfiniteQuery(
    api.notices.list.infiniteQueryOptions({}, { getNextPageParam: (page) => page.nextCursor }),
  );
  const read = useMutation(
    api.notices.read.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.notices.pathKey() }),
    }),
  );
  const items = pages.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <div className="flex items-center justify-between gap-2 border-b py-2 pr-2 pl-4">
        <Popover.Title className="text-reading font-semibold">Notifications</Popover.Title>
        <Button
          look="quiet"
          size="dense"
          className="max-sm:min-h-11"
          busy={read.isPending && read.variables.waitpointId === null}
          disabled={unread === 0}
          reason="Nothing is unread."
          onClick={() => read.mutate({ waitpointId: null })}
        >
          Mark all as read
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {read.error && (
          <div className="p-3">
            <Notice tone="failed">{read.error.message}</Notice>
          </div>
        )}
        {items === undefined ? (
          pages.error ? (
            <ErrorState
              title="Your notifications did not load"
              message={pages.error.message}
              onRetry={() => void pages.refetch()}
            />
          ) : (
            <SkeletonRows rows={4} label="Loading your notifications" />
          )
        ) : items.length === 0 ? (
          <EmptyState icon={BellOff} title="Nothing yet">
            As soon as something waits for you, is given to you or is due soon, it stands here.
          </EmptyState>
        ) : (
          <ul aria-label="Notifications">
            {items.map((item) => (
              <NoticeRow
                key={item.id}
                item={item}
                onFollow={() => {
                  if (!item.isRead) read.mutate({ waitpointId: item.waitpointId ?? item.id });
                  onLeave();
                }}
              />
            ))}
          </ul>
        )}
        {pages.hasNextPage && (
          <div className="flex justify-center p-3">
            <Button size="dense" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </div>
      <Link
        href="/settings/notifications"
        onClick={onLeave}
        className="flex min-h-11 items-center gap-2 border-t px-4 text-dense font-medium text-ink-2 hover:bg-sunken hover:text-ink"
      >
        <Settings2 size={15} aria-hidden /> What you get by e-mail
      </Link>
    </>
  );
}
