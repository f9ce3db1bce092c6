"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SessionItem } from "@/core/contracts/session";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowItem, Rows } from "@/components/ui/rows";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Section } from "./section";

/** The person's open sign-ins; each of them, or all at once, can be ended. */
export function SignInList() {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const list = useQuery(api.sessions.list.queryOptions());
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.sessions.list.queryKey() });
  const end = useMutation(api.sessions.end.mutationOptions({ onSettled: refresh }));
  const endAll = useMutation(
    api.sessions.endAll.mutationOptions({
      // This browser is signed out too: the page that comes says so.
      onSuccess: () => window.location.assign("/sign-in"),
    }),
  );
  const problem = end.error ?? endAll.error;
  return (
    <Section
      title="Where you are signed in"
      note="A sign-in ends after 7 days without use, and after 30 days in any case."
      actions={
        <Button busy={endAll.isPending} onClick={() => endAll.mutate({ keepThis: false })}>
          Sign out everywhere
        </Button>
      }
    >
      {problem && <Notice tone="failed">{problem.message}</Notice>}
      {list.data ? (
        <Rows aria-label="Your sign-ins">
          {list.data.items.map((session) => (
            <SignInRow
              key={session.id}
              session={session}
              busy={end.isPending && end.variables.id === session.id}
              onEnd={() => end.mutate({ id: session.id })}
            />
          ))}
        </Rows>
      ) : list.error ? (
        <ErrorState
          title="Your sign-ins did not load"
          message={list.error.message}
          onRetry={() => void list.refetch()}
        />
      ) : (
        <SkeletonRows rows={2} label="Loading your sign-ins" />
      )}
    </Section>
  );
}

function SignInRow({ session, busy, onEnd }: { session: SessionItem; busy: boolean; onEnd: () => void }) {
  return (
    <RowItem className="flex-wrap gap-y-2">
      <div className="min-w-0 flex-[1_1_200px]">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {session.device}
          {session.is_current && <Chip>This browser</Chip>}
        </p>
        <p className="text-dense [overflow-wrap:anywhere] text-ink-2">
          {session.address} · <RelativeTime at={session.seen_at} prefix="used " />
        </p>
      </div>
      {!session.is_current && (
        <Button
          size="dense"
          className="max-sm:min-h-11"
          busy={busy}
          onClick={onEnd}
          aria-label={`Sign out ${session.device}`}
        >
          Sign out
        </Button>
      )}
    </RowItem>
  );
}
