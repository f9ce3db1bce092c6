"use client";
import { useMemo } from "react";
import type { AskContext } from "@/core/contracts/inbox";
import { memberFiles } from "@/components/fields/file-door";
import { SchemaForm } from "@/components/fields/schema-form";
import { PaneSection } from "../pane-section";
import { AnswerProblem } from "./answer-problem";
import { draftOfAsk, type Answering } from "./use-answer";

/** The questions of a form that a colleague fills in. */
export function FormAnswer({
  context,
  form,
  answering,
}: {
  context: AskContext;
  form: NonNullable<AskContext["form"]>;
  answering: Answering;
}) {
  const files = useMemo(() => memberFiles(context.id), [context.id]);
  return (
    <PaneSection title="Your answers">
      <AnswerProblem problem={answering.problem} />
      <SchemaForm
        schema={form.schema}
        values={form.values}
        submitLabel="Send answers"
        busy={answering.busy}
        problem={answering.refusal}
        keepAs={draftOfAsk(context.id)}
        hidden={form.hidden}
        files={files}
        onSubmit={(values) => answering.submitForm(context.id, values)}
      />
    </PaneSection>
  );
}
