"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import type { IntakeForm } from "@/core/contracts/trigger";
import { useTRPC } from "@/components/trpc";
import { formDrafts } from "@/components/data/draft-store";
import { AnswerCopy } from "@/components/fields/answer-copy";
import { answerRows } from "@/components/fields/answer-rows";
import { Introduction } from "@/components/fields/introduction";
import { personsLocale } from "@/components/fields/persons-locale";
import { SchemaForm } from "@/components/fields/schema-form";
import { CenteredPage } from "@/components/shell/centered-page";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-look";
import { Card } from "@/components/ui/card";
import { CopyField } from "@/components/ui/copy-field";
import { SkeletonRows } from "@/components/ui/skeleton";
import { IntakeFrame } from "./intake-frame";
import { IntakeRefusal } from "./intake-refusal";

/** A public form: filled in by whoever has the link, on a phone as a rule. */
export function IntakeScreen({ token }: { token: string }) {
  const api = useTRPC();
  const form = useQuery(api.triggers.intake.queryOptions({ token }, { refetchOnWindowFocus: false }));
  if (form.data?.open) return <OpenForm token={token} form={form.data} />;
  if (form.data) return <CenteredPage title={`${form.data.name} is closed at the moment`} text={form.data.message} />;
  if (!form.error)
    return (
      <main className="mx-auto max-w-[680px] px-4 py-10">
        <SkeletonRows rows={5} label="Loading the form" />
      </main>
    );
  return <IntakeRefusal error={form.error} onRetry={() => void form.refetch()} />;
}

function OpenForm({ token, form }: { token: string; form: Extract<IntakeForm, { open: true }> }) {
  const api = useTRPC();
  // Made once per filled-in form: sent twice, it is still one request.
  const [submissionId, setSubmissionId] = useState(() => crypto.randomUUID());
  const keepAs = `intake ${token}`;
  const submit = useMutation(api.triggers.submitIntake.mutationOptions({ onSuccess: () => formDrafts.remove(keepAs) }));
  if (submit.data)
    return (
      <main className="mx-auto flex min-h-dvh max-w-[480px] flex-col items-center justify-center gap-3 px-6 py-16 text-center">
        <CircleCheck size={32} strokeWidth={1.75} aria-hidden className="text-completed" />
        <h1 className="text-heading font-semibold">Thank you</h1>
        <p className="text-reading text-ink-2">{form.organization} has your request.</p>
        <a href={submit.data.trackingUrl} className={buttonClass({ look: "primary", size: "touch" })}>
          Follow your request
        </a>
        <p className="text-dense text-ink-2">
          Keep that page&apos;s address: it shows at any time how your request stands, and is for you alone.
        </p>
        <div className="w-full text-left">
          <CopyField label="Its address" text={submit.data.trackingUrl} />
        </div>
        <AnswerCopy
          label="What you sent"
          rows={answerRows(form.schema, submit.variables.values, { locale: personsLocale(), hidden: form.hidden })}
        />
        <Button
          size="touch"
          onClick={() => {
            setSubmissionId(crypto.randomUUID());
            submit.reset();
          }}
        >
          Send another one
        </Button>
      </main>
    );
  return (
    <IntakeFrame organization={form.organization} title={form.name}>
      <Introduction text={form.description} />
      <Card className="p-4 sm:p-6">
        <SchemaForm
          schema={form.schema}
          submitLabel="Send"
          busy={submit.isPending}
          problem={submit.error}
          keepAs={keepAs}
          hidden={form.hidden}
          onSubmit={(values) => submit.mutate({ token, values, submissionId })}
        />
      </Card>
    </IntakeFrame>
  );
}
