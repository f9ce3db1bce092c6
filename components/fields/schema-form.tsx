"use client";
import { useMemo, useRef, useState, type ReactNode, type SyntheticEvent } from "react";
import type { JsonObject } from "@/core/json";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { ChoiceField } from "./choice-field";
import { FieldControl } from "./field-control";
import { collectValues, initialDraft, openForm, wholeForm, type FormDraft, type FormProblems } from "./form-draft";
import type { FormField } from "./form-field";
import { readNumber, showNumber } from "./number-text";

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
  const opened = useMemo(
    // Schemas and values are JSON documents.
    () => openForm(schema as JsonObject, (values ?? {}) as JsonObject, personsLocale()),
    [schema, values],
  );
  const { fields } = opened;
  const [draft, setDraft] = useState(() => initialDraft(opened));
  const [problems, setProblems] = useState<FormProblems>({});
  const form = useRef<HTMLFormElement>(null);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const collected = collectValues(opened, draft);
    setProblems(collected.problems);
    if (Object.keys(collected.problems).length === 0) {
      onSubmit(collected.values);
      return;
    }
    const first = fields.find((field) => collected.problems[field.name] !== undefined);
    if (!first) return;
    form.current?.querySelector<HTMLElement>(`[name="${CSS.escape(first.name)}"]`)?.focus();
  };

  const whole = problems[wholeForm] ?? problem;
  return (
    <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
      {whole !== null && <Notice tone="failed">{whole}</Notice>}
      {fields.length === 0 && <p className="text-ink-2">Nothing to fill in.</p>}
      {fields.map((field) => (
        <Question
          key={field.name}
          field={field}
          value={draft[field.name] ?? ""}
          error={problems[field.name]}
          locale={opened.locale}
          onChange={(value) => {
            setDraft({ ...draft, [field.name]: value });
            setProblems(
              Object.fromEntries(
                Object.entries(problems).filter(([name]) => name !== field.name && name !== wholeForm),
              ),
            );
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
  value: FormDraft[string];
  error: string | undefined;
  locale: string;
  onChange: (value: FormDraft[string]) => void;
}) {
  const { field, value, error, locale, onChange } = props;
  if (field.kind === "yes_no" || field.kind === "consent" || field.kind === "choices")
    return <ChoiceField field={field} value={value} error={error} onChange={onChange} />;
  const hint = [field.hint, understoodNumber(field, value, locale)].filter((part) => part !== null).join(" ");
  return (
    <Field label={field.label} hint={hint} error={error ?? null} optional={!field.required}>
      {(control) => <FieldControl field={field} value={value} control={control} onChange={onChange} />}
    </Field>
  );
}

/** What a number means that is written in another way than it would be shown. */
function understoodNumber(field: FormField, value: FormDraft[string], locale: string): string | null {
  if ((field.kind !== "number" && field.kind !== "integer") || typeof value !== "string") return null;
  const read = readNumber(value, locale);
  if (!read.ok) return null;
  const shown = showNumber(read.value, locale);
  return shown === value.trim() ? null : `Read as ${shown}.`;
}

function personsLocale(): string {
  return typeof navigator === "undefined" ? "en" : navigator.language;
}
