"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useState } from "react";
import { createLiveRefresh } from "@/components/data/live-refresh";
import { useStreamPause } from "@/components/data/use-stream-pause";
import { formDrafts } from "@/components/data/draft-store";
import { useTRPC } from "@/components/trpc";
import { CenteredPage } from "@/components/shell/centered-page";
import { Button } from "@/components/ui/button";
import { SkeletonRows } from "@/components/ui/skeleton";
import { draftOfForm } from "./draft-of-form";
import { CustomerView } from "./customer-view";

export function CustomerScreen({ token }: { token: string }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const conversation = useQuery(api.conversations.byToken.queryOptions({ token }));
  const [news] = useState(() => createLiveRefresh(queryClient));
  useEffect(() => news.stop, [news]);
  const { isPaused, end } = useStreamPause();
  useSubscription(
    api.conversations.news.subscriptionOptions(
      { newsKey: conversation.data?.newsKey ?? "" },
      {
        enabled: conversation.data !== undefined && !isPaused,
        onData: ({ over }) => {
          if (over === undefined) news.news(() => true);
          else end(over);
        },
      },
    ),
  );
  const refresh = () => queryClient.invalidateQueries();
  const send = useMutation(api.conversations.send.mutationOptions({ onSettled: refresh }));
  const submit = useMutation(
    api.conversations.submitForm.mutationOptions({
      onSuccess: (_answer, { waitpointId }) => formDrafts.remove(draftOfForm(waitpointId)),
      onSettled: refresh,
    }),
  );

  const nudge = useMutation(api.conversations.nudge.mutationOptions({ networkMode: "always", onSettled: refresh }));
  const withdraw = useMutation(
    api.conversations.withdraw.mutationOptions({ networkMode: "always", onSettled: refresh }),
  );
  const act = (begin: () => void) => {
    for (const each of [send, nudge, withdraw]) each.reset();
    begin();
  };

  if (!conversation.data) {
    if (!conversation.error) return <SkeletonRows rows={6} label="Loading the conversation" />;
    return (
      <CenteredPage title="This conversation cannot be opened" text={refusalWords(conversation.error)}>
        <Button onClick={() => void conversation.refetch()}>Try again</Button>
      </CenteredPage>
    );
  }
  return (
    <main>
      <CustomerView
        conversation={conversation.data}
        sending={{
          busy: send.isPending,
          sentId: send.data?.id ?? null,
          already: send.data?.already === true,
          problem: send.error ?? nudge.error ?? withdraw.error,
        }}
        acting={{
          busy: nudge.isPending || withdraw.isPending,
          nudge: (runId) => act(() => nudge.mutate({ token, runId })),
          withdraw: (runId, reason) => act(() => withdraw.mutate({ token, runId, reason })),
        }}
        form={{
          waitpointId: submit.variables?.waitpointId ?? null,
          busy: submit.isPending,
          problem: submit.error,
          link: token,
        }}
        onSend={async (message) => {
          try {
            for (const each of [nudge, withdraw]) each.reset();
            await send.mutateAsync({ token, ...message });
            return true;
          } catch {
            // Shown above the composer through `send.error`.
            return false;
          }
        }}
        onSubmitForm={(waitpointId, values) => submit.mutate({ token, waitpointId, values })}
      />
    </main>
  );
}

/** A customer cannot do anything about codes and fields: a refused link is a link that no longer works. */
function refusalWords(error: { message: string; data?: { httpStatus: number } | null }): string {
  const status = error.data?.httpStatus ?? 500;
  return status < 500 && status !== 429 ? "This link is not valid any more. Ask us for a new one." : error.message;
}
