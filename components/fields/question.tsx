"use client";
import { Field } from "@/components/ui/field";
import { ChoiceField } from "./choice-field";
import { FieldControl } from "./field-control";
import type { FormDraft } from "./form-draft";
import type { FormField } from "./form-field";
import { readNumber, showNumber } from "./number-text";

/** One question with its control, hint and problem. */
export function Question(props: {
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
