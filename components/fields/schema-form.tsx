"use client";
import { useMemo, useRef, useState, type ReactNode, type SyntheticEvent } from "react";
import type { JsonObject } from "@/core/json";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { ChoiceField } from "./choice-field";
import { FieldControl } from "./field-control";
import { collectValues, initialDraft, type FormProblems } from "./form-draft";
import { readFields, type FormField } from "./form-field";

interface SchemaFormProps {
  schema: Record<string, unknown>;
  values?: Record<string, unknown>;
  submitLabel: string;
  busy: boolean;
  /** What the server answered, when it refused. */
  problem: string | null;
  onSubmit: (values: JsonObject) => void;
  /** Stands left of the submit button. */
  beside?: ReactNode;
}

/** A form drawn from a JSON Schema. Problems are shown at their fields, and the first one gets the focus. */
export function SchemaForm({ schema, values, submitLabel, busy, problem, onSubmit, beside }: SchemaFormProps) {
  const fields = useMemo(() => readFields(schema), [schema]);
  const [draft, setDraft] = useState(() => initialDraft(fields, values));
  const [problems, setProblems] = useState<FormProblems>({});
  const form = useRef<HTMLFormElement>(null);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const collected = collectValues(fields, draft);
    setProblems(collected.problems);
    const first = fields.find((field) => collected.problems[field.name] !== undefined);
    if (!first) {
      onSubmit(collected.values);
      return;
    }
    form.current?.querySelector<HTMLElement>(`[name="${CSS.escape(first.name)}"]`)?.focus();
  };

  return (
    <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
      {problem !== null && <Notice tone="failed">{problem}</Notice>}
      {fields.length === 0 && <p className="text-ink-2">Nothing to fill in.</p>}
      {fields.map((field) => (
        <Question
          key={field.name}
          field={field}
          value={draft[field.name] ?? ""}
          error={problems[field.name]}
          onChange={(value) => {
            setDraft({ ...draft, [field.name]: value });
            setProblems(Object.fromEntries(Object.entries(problems).filter(([name]) => name !== field.name)));
          }}
        />
      ))}
      <div className="flex justify-end gap-2">
        {beside}
        <Button type="submit" look="primary" busy={busy} className="max-sm:h-12 max-sm:flex-1 max-sm:text-reading">
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

function Question(props: {
  field: FormField;
  value: string | boolean | number[];
  error: string | undefined;
  onChange: (value: string | boolean | number[]) => void;
}) {
  const { field, value, error, onChange } = props;
  if (field.kind === "yes_no" || field.kind === "choices") return <ChoiceField {...props} />;
  return (
    <Field label={field.label} hint={field.hint} error={error ?? null} optional={!field.required}>
      {(control) => <FieldControl field={field} value={value} control={control} onChange={onChange} />}
    </Field>
  );
}
