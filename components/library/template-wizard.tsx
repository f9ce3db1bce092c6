"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState, type SyntheticEvent } from "react";
import type { TemplateAsk, TemplateCard, TemplateChoices } from "@/core/contracts/library";
import { AddConnectionDialog } from "@/components/connections/add-connection-dialog";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { AskField } from "./ask-field";
import { MiniDrawing } from "./mini-drawing";
import { firstAnswers, readAnswers, type DraftAnswers } from "./template-answers";

const formId = "template-wizard";

/** Asks what the template needs to know, makes the workflow and opens it ready for a test. */
export function TemplateWizard({ template, onClose }: { template: TemplateCard; onClose: () => void }) {
  const api = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const choices = useQuery(api.library.templateChoices.queryOptions());
  const make = useMutation(
    api.library.useTemplate.mutationOptions({
      onSuccess: ({ slug, sampleId }) => {
        void queryClient.invalidateQueries();
        router.push(`/workflows/${slug}?tab=canvas&panel=test&sample=${sampleId}`);
      },
    }),
  );
  const busy = make.isPending || make.isSuccess;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={template.title}
      description={template.benefit}
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" type="submit" form={formId} busy={busy}>
            Create and test
          </Button>
        </>
      }
    >
      {make.error && (
        <div className="mb-4">
          <Notice tone="failed">{make.error.message}</Notice>
        </div>
      )}
      {choices.data ? (
        <Questions
          template={template}
          choices={choices.data}
          onDone={(name, answers) => {
            if (!busy) make.mutate({ template: template.slug, name, answers });
          }}
        />
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

interface QuestionsProps {
  template: TemplateCard;
  choices: TemplateChoices;
  onDone: (name: string, answers: Record<string, string | number>) => void;
}

function Questions({ template, choices, onDone }: QuestionsProps) {
  const [name, setName] = useState(template.title);
  const [answers, setAnswers] = useState<DraftAnswers>(() => firstAnswers(template.asks, choices));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [adding, setAdding] = useState<TemplateAsk | null>(null);
  const api = useTRPC();
  const queryClient = useQueryClient();
  const answer = (id: string, value: string) => setAnswers((before) => ({ ...before, [id]: value }));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const read = readAnswers(template.asks, answers);
    const found = name.trim() === "" ? { ...read.problems, name: "Give the workflow a name." } : read.problems;
    setProblems(found);
    if (Object.keys(found).length === 0) onDone(name, read.answers);
  };
  return (
    <>
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <div className="h-28 rounded-card bg-sunken px-4 py-3">
          <MiniDrawing graph={template.graph} />
        </div>
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
            onChange={(value) => answer(ask.id, value)}
            onAddConnection={() => setAdding(ask)}
          />
        ))}
      </form>
      {adding && (
        // Outside the form: a submit in the dialog must not send the questions.
        <AddConnectionDialog
          connector={adding.connector ?? ""}
          onClose={() => setAdding(null)}
          onAdded={(slug) => {
            answer(adding.id, slug);
            setAdding(null);
            void queryClient.invalidateQueries({ queryKey: api.library.templateChoices.queryKey() });
          }}
        />
      )}
    </>
  );
}
