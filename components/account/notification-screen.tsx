"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Page, PageHeader } from "@/components/shell/page-header";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { NoticeEmail } from "@/core/contracts/notice";
import { DigestSection } from "./digest-section";
import { Section } from "./section";

/** What a person gets by e-mail of what waits for them. */
export function NotificationScreen({ email }: { email: string | null }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const queryKey = api.notices.emailChoice.queryKey();
  const choice = useQuery(api.notices.emailChoice.queryOptions());
  const choose = useMutation(
    api.notices.chooseEmail.mutationOptions({
      onSuccess: (saved) => queryClient.setQueryData(queryKey, (before) => before && { ...before, ...saved }),
      onSettled: () => setPressed(null),
    }),
  );
  // What was pressed shows at once; when it was not saved it goes back.
  const [pressed, setPressed] = useState<NoticeEmail | null>(null);
  const chosen = pressed ?? choice.data?.email;
  return (
    <Page>
      <PageHeader title="Notifications" note="How you hear that something waits for you." />
      <div className="flex max-w-[760px] flex-col gap-10">
        <Section
          title="By e-mail"
          note={`Sent to ${email ?? "your address"}. The bell at the top always has everything.`}
        >
          {choose.error && <Notice tone="failed">{choose.error.message}</Notice>}
          {choose.isSuccess && <Notice tone="completed">Saved. It holds for what is asked from now on.</Notice>}
          {choice.data ? (
            <fieldset className="flex flex-col gap-1" aria-label="What you get by e-mail">
              {choices.map(({ value, label, note }) => (
                <label
                  key={value}
                  className="flex min-h-11 items-start gap-2.5 rounded-control px-1 py-2 hover:bg-sunken"
                >
                  <input
                    type="radio"
                    name="email"
                    checked={chosen === value}
                    onChange={() => {
                      setPressed(value);
                      choose.mutate({ email: value });
                    }}
                    className="mt-0.5 size-4 shrink-0 accent-ink"
                  />
                  <span className="min-w-0">
                    <span className="block font-medium">{label}</span>
                    <span className="block text-ink-2">{note}</span>
                  </span>
                </label>
              ))}
            </fieldset>
          ) : choice.error ? (
            <ErrorState
              title="Your choice did not load"
              message={choice.error.message}
              onRetry={() => void choice.refetch()}
            />
          ) : (
            <SkeletonRows rows={3} label="Loading your choice" />
          )}
        </Section>
        {choice.data && <DigestSection choice={choice.data} />}
      </div>
    </Page>
  );
}

const choices: readonly { value: NoticeEmail; label: string; note: string }[] = [
  {
    value: "each",
    label: "Each request at once",
    note: "Whenever something waits for you or is given to you, and when you are reminded.",
  },
  {
    value: "urgent",
    label: "Only reminders and escalations",
    note: "When something is due soon, or others did not answer in time.",
  },
  { value: "none", label: "Nothing", note: "You look at the bell and the inbox yourself." },
];
