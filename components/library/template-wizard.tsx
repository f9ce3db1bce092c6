"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import type { TemplateCard, TemplateChoices } from "@/core/contracts/library";
import { WorkflowDrawing } from "@/components/graph/workflow-drawing";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { AskField } from "./ask-field";
import { firstAnswers, readAnswers, type DraftAnswers } from "./template-answers";

/** Asks what the template needs to know, makes the workflow and opens it ready for a test. */
export function TemplateWizard({ template, onClose }: { template: TemplateCard; onClose: () => void }) {
  const api = useTRPC();
  const choices = useQuery(api.library.templateChoices.queryOptions());
  return (
    <Dialog open onOpenChange={onClose} title={template.title} description={template.benefit} footer={<Footer onClose={onClose} />}>
      {choices.data ? (
        <Questions template={template} choices={choices.data} />
      ) : choices.error ? (
        <ErrorState
          title="The questions did not load"
          message={choices.error.message}
          onRetry={() => void choices.refetch()}
        />
      ) : (
        <SkeletonRows rows={4} label="Loading the questions" />
      )}
    </Dialog>
  );
}

const formId = "template-wizard";

function Footer({ onClose }: { onClose: () => void }) {
  return (
    <>
      <Button onClick={onClose}>Not now</Button>
      <Button look="primary" type="submit" form={formId}>
        Create and test
      </Button>
    </>
  );
}

function Questions({ template, choices }: { template: TemplateCard; choices: TemplateChoices }) {
  const api = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [name, setName] = useState(template.title);
  const [answers, setAnswers] = useState<DraftAnswers>(() => firstAnswers(template.asks, choices));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const make = useMutation(
    api.library.useTemplate.mutationOptions({
      onSuccess: ({ slug, sampleId }) => {
        void queryClient.invalidateQueries();
        router.push(`/workflows/${slug}?tab=canvas&panel=test&sample=${sampleId}`);
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (make.isPending || make.isSuccess) return;
    const read = readAnswers(template.asks, answers);
    const found = name.trim() === "" ? { ...read.problems, name: "Give the workflow a name." } : read.problems;
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    make.mutate({ template: template.slug, name, answers: read.answers });
  };
  return (
    <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
      <WorkflowDrawing graph={template.graph} label={`Drawing of ${template.title}`} height="h-44" />
      {make.error && <Notice tone="failed">{make.error.message}</Notice>}
      {make.isPending && <Notice tone="running">Creating the workflow…</Notice>}
      <Field label="Name" error={problems["name"] ?? null}>
        {(control) => (
          <Input {...control} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      {template.asks.map((ask) => (
        <AskField
          key={ask.id}
          ask={ask}
          choices={choices}
          value={answers[ask.id] ?? ""}
          error={problems[ask.id] ?? null}
          onChange={(value) => setAnswers((before) => ({ ...before, [ask.id]: value }))}
        />
      ))}
    </form>
  );
}
