"use client";
import { useState, type ReactNode, type SyntheticEvent } from "react";
import type { JsonObject } from "@/core/json";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import { readInput } from "./test-inputs";

interface JsonInputProps {
  value: JsonObject;
  label?: string;
  submitLabel: string;
  busy: boolean;
  problem: string | null;
  onSubmit: (input: JsonObject) => void;
  beside?: ReactNode;
}

/** An object as JSON, for inputs that no form describes. */
export function JsonInput({
  value,
  label = "Input as JSON",
  submitLabel,
  busy,
  problem,
  onSubmit,
  beside,
}: JsonInputProps) {
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  const [wrong, setWrong] = useState<string | null>(null);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const read = readInput(text);
    setWrong("problem" in read ? read.problem : null);
    if ("input" in read) onSubmit(read.input);
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {problem !== null && <Notice tone="failed">{problem}</Notice>}
      <Field label={label} error={wrong}>
        {(control) => (
          <Textarea
            {...control}
            rows={Math.min(14, Math.max(3, text.split("\n").length))}
            spellCheck={false}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setWrong(null);
            }}
            className="font-mono text-dense"
          />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        {beside}
        <Button type="submit" look="primary" busy={busy} className="max-sm:h-12 max-sm:flex-1 max-sm:text-reading">
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}
