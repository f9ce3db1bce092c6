"use client";
import { useMemo } from "react";
import type { TestQuestion } from "@/core/contracts/test-run";
import type { JsonObject } from "@/core/json";
import { memberFiles } from "@/components/fields/file-door";
import { SchemaForm } from "@/components/fields/schema-form";
import { JsonInput } from "./json-input";
import type { Rehearsing } from "./use-rehearsal";

interface AnswerProps {
  question: TestQuestion;
  rehearsal: Rehearsing;
}

/** The form as its reader would see it. */
export function FormAnswer({ question, rehearsal }: AnswerProps) {
  const files = useMemo(() => memberFiles(question.waitpointId), [question.waitpointId]);
  return (
    <SchemaForm
      schema={question.form?.schema ?? {}}
      values={question.form?.values ?? {}}
      submitLabel="Submit"
      busy={rehearsal.busy}
      problem={rehearsal.problem}
      files={files}
      onSubmit={(values) => rehearsal.act({ type: "answer", outcome: "submitted", values })}
    />
  );
}

/** What the other system would post. */
export function CallbackAnswer({ rehearsal }: AnswerProps) {
  return (
    <JsonInput
      value={emptyObject}
      label="What it posts"
      submitLabel="Call back"
      busy={rehearsal.busy}
      problem={null}
      onSubmit={(values) => rehearsal.act({ type: "answer", outcome: "called", values })}
    />
  );
}

const emptyObject: JsonObject = {};
