"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useState } from "react";
import { RequestProgress } from "@/components/conversation/request-progress";
import { createLiveRefresh } from "@/components/data/live-refresh";
import { useStreamPause } from "@/components/data/use-stream-pause";
import { CenteredPage } from "@/components/shell/centered-page";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { RequestWords } from "./request-words";
import { useKeptFocus } from "./use-kept-focus";

/** A request for whoever made it from outside: on a phone as a rule, and live. Looking at it changes nothing. */
export function TrackingScreen({ token }: { token: string }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const tracked = useQuery(api.requests.tracked.queryOptions({ token }));
  const shown = tracked.data?.state === "shown" ? tracked.data : null;
  const [news] = useState(() => createLiveRefresh(queryClient));
  useEffect(() => news.stop, [news]);
  const { isPaused, end } = useStreamPause();
  useSubscription(
    api.requests.news.subscriptionOptions(
      { newsKey: shown?.newsKey ?? "" },
      {
        enabled: shown !== null && !isPaused,
        onData: ({ over }) => {
          if (over === undefined) news.news(() => true);
          else end(over);
        },
      },
    ),
  );
  const refresh = () => tracked.refetch();
  const nudge = useMutation(api.requests.nudgeTracked.mutationOptions({ networkMode: "always", onSettled: refresh }));
  const withdraw = useMutation(
    api.requests.withdrawTracked.mutationOptions({ networkMode: "always", onSettled: refresh }),
  );
  const now = `${shown?.request.state ?? ""} ${shown?.request.nudgedAt ?? ""}`;
  const heading = useKeptFocus(now, !nudge.isIdle || !withdraw.isIdle);

  if (!tracked.data) {
    if (!tracked.error)
      return (
        <main className="mx-auto max-w-[680px] px-4 py-10">
          <SkeletonRows rows={4} label="Loading your request" />
        </main>
      );
    return (
      <CenteredPage title="This request cannot be shown" text={tracked.error.message}>
        <Button onClick={() => void tracked.refetch()}>Try again</Button>
      </CenteredPage>
    );
  }
  if (!shown)
    return (
      <CenteredPage
        title="This link has expired"
        text={`It showed a request that was over long ago. Ask ${tracked.data.organization} if you want to know more about it.`}
      />
    );
  const problem = nudge.error ?? withdraw.error;
  return (
    <main className="mx-auto flex max-w-[680px] flex-col gap-5 px-4 py-8 max-sm:text-reading sm:py-12">
      <header>
        <p className="text-dense text-ink-2">{shown.organization}</p>
        <h1 ref={heading} tabIndex={-1} className="text-heading font-semibold [overflow-wrap:anywhere]">
          Your request
        </h1>
      </header>
      {problem && <Notice tone="failed">{problem.message}</Notice>}
      <div role="status">
        <RequestProgress
          request={shown.request}
          acting={{
            busy: nudge.isPending || withdraw.isPending,
            nudge: () => {
              withdraw.reset();
              nudge.mutate({ token });
            },
            withdraw: (_runId, reason) => {
              nudge.reset();
              withdraw.mutate({ token, reason });
            },
          }}
        />
      </div>
      <RequestWords title="What we told you" words={shown.words} />
      {!shown.request.isOver && (
        <p className="text-dense text-ink-2">
          Keep the address of this page: it shows at any time how your request stands, and is for you alone.
        </p>
      )}
    </main>
  );
}
