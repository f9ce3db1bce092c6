"use client";
import { useState, type SyntheticEvent } from "react";
import type { TestQuestion } from "@/core/contracts/test-run";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { Rehearsing } from "./use-rehearsal";

/** Hands back with what came of it; a question with its own answers shows these. */
export function HandoffAnswer({ question, rehearsal }: { question: TestQuestion; rehearsal: Rehearsing }) {
  const [resolution, setResolution] = useState("");
  const [note, setNote] = useState("");
  const answer = (outcome: string) =>
    rehearsal.act({ type: "answer", outcome, ...(note.trim() === "" ? {} : { comment: note.trim() }) });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!rehearsal.busy) answer(resolution.trim());
  };
  if (question.choices.length > 0)
    return (
      <div className="flex flex-wrap gap-2">
        {question.choices.map(({ value, label }) => (
          <Button key={value} busy={rehearsal.busy} onClick={() => answer(value)}>
            {label}
          </Button>
        ))}
      </div>
    );
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-3">
      <Field label="Resolution" optional hint="One word that later steps read, such as refunded.">
        {(control) => (
          <Input
            {...control}
            maxLength={100}
            value={resolution}
            onChange={(event) => setResolution(event.target.value)}
          />
        )}
      </Field>
      <Field label="Note" optional>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={5000}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" look="primary" busy={rehearsal.busy} className="self-start">
        Hand back
      </Button>
    </form>
  );
}
