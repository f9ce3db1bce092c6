"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import type { FormPage } from "@/core/contracts/form-page";
import type { JsonObject } from "@/core/json";
import { useTRPC } from "@/components/trpc";
import { formDrafts } from "@/components/data/draft-store";
import { AnswerCopy } from "@/components/fields/answer-copy";
import { answerRows } from "@/components/fields/answer-rows";
import { Introduction } from "@/components/fields/introduction";
import { personsLocale } from "@/components/fields/persons-locale";
import { refusalOf } from "@/components/fields/refusal";
import { SchemaForm } from "@/components/fields/schema-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { exactWords } from "@/components/ui/time-words";
import { formPageWords } from "./form-page-words";
import { IntakeFrame } from "./intake-frame";
import { IntakeRefusal } from "./intake-refusal";

/** How often a page that waits for its form asks whether it is there. */
const askAgainMs = 5_000;

/** The page of a form step: filled in by whoever was sent its address, on a phone as a rule. */
export function FormPageScreen({ token }: { token: string }) {
  const api = useTRPC();
  const keepAs = `page ${token}`;
  const [submissionId] = useState(() => keptSubmission(keepAs));
  const page = useQuery(
    api.runs.formPage.queryOptions(
      { token, submissionId },
      { refetchInterval: ({ state }) => (state.data?.state === "ahead" ? askAgainMs : false) },
    ),
  );
  const submit = useMutation(
    api.runs.submitFormPage.mutationOptions({
      onMutate: () => formDrafts.write(sentKey(keepAs), submissionId),
      onSuccess: () => formDrafts.remove(keepAs),
      // Somebody was faster, or the time ran out: the page says so itself.
      onSettled: () => page.refetch(),
    }),
  );
  const files = useMemo(() => ({ path: "/api/files/page", link: token }), [token]);
  const state = page.data?.state;
  const [wasAhead, setWasAhead] = useState(false);
  if (state === "ahead" && !wasAhead) setWasAhead(true);
  if (!page.data && page.error) return <IntakeRefusal error={page.error} onRetry={() => void page.refetch()} />;
  if (!page.data)
    return (
      <main className="mx-auto max-w-[680px] px-4 py-10">
        <SkeletonRows rows={5} label="Loading the form" />
      </main>
    );
  if (page.data.state !== "open")
    return <Past page={page.data} isSettled={!submit.isIdle} onAsk={() => void page.refetch()} />;
  const { organization, title, introduction, schema, values, hidden, dueAt } = page.data;
  return (
    <IntakeFrame organization={organization} title={title} arrives={wasAhead}>
      <Introduction text={introduction} />
      {dueAt !== null && (
        <p className="text-dense text-ink-2" suppressHydrationWarning>
          Please answer before {exactWords(Date.parse(dueAt))}.
        </p>
      )}
      <Card className="p-4 sm:p-6">
        <SchemaForm
          schema={schema}
          values={values}
          submitLabel="Send"
          busy={submit.isPending || (submit.isSuccess && page.isFetching)}
          problem={submit.error && refusalOf(submit.error, "This could not be sent. Try again.")}
          keepAs={keepAs}
          hidden={hidden}
          files={files}
          onSubmit={(answers: JsonObject) => submit.mutate({ token, values: answers, submissionId })}
        />
      </Card>
    </IntakeFrame>
  );
}

/** What there is to say when nothing can be filled in. */
function Past({
  page,
  isSettled,
  onAsk,
}: {
  page: Exclude<FormPage, { state: "open" }>;
  /** The form was sent a moment ago, and with it went the focus. */
  isSettled: boolean;
  onAsk: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isSettled && document.activeElement === document.body) heading.current?.focus();
  }, [isSettled]);
  const { title, text, icon: Icon, tone } = formPageWords(page);
  return (
    <main className="mx-auto flex min-h-dvh max-w-[480px] flex-col items-center justify-center gap-3 px-6 py-16 text-center">
      <Icon size={32} strokeWidth={1.75} aria-hidden className={tone} />
      <h1 ref={heading} tabIndex={-1} className="text-heading font-semibold [overflow-wrap:anywhere]">
        {title}
      </h1>
      <div role="status" className="text-reading text-ink-2">
        {text}
        {"at" in page && (
          <span className="block text-label text-ink-3">
            <RelativeTime at={page.at} />
          </span>
        )}
      </div>
      {page.state === "sent" && (
        <AnswerCopy label="What you sent" rows={answerRows(page.schema, page.values, { locale: personsLocale() })} />
      )}
      {page.state === "ahead" && (
        <Button size="touch" onClick={onAsk}>
          Look again
        </Button>
      )}
    </main>
  );
}

function sentKey(keepAs: string): string {
  return `${keepAs} sent`;
}

/** The same after a reload: sent twice, it is still one answer, and whoever sent it is shown what they sent. */
function keptSubmission(keepAs: string): string {
  const kept = typeof window === "undefined" ? null : formDrafts.read(sentKey(keepAs));
  return typeof kept === "string" ? kept : crypto.randomUUID();
}
