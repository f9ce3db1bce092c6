"use client";
import { Field } from "@/components/ui/field";
import { ChoiceField } from "./choice-field";
import { FieldControl } from "./field-control";
import { FieldGroup } from "./field-group";
import { FieldList } from "./field-list";
import { FileField } from "./file-field";
import { isFileKind } from "./file-entry";
import { useFormFiles } from "./file-door";
import { isNumeric, type FormDraft, type FormEntry } from "./form-entry";
import type { FormField } from "./form-field";
import { zoneWords } from "./local-time";
import { readNumber, showNumber } from "./number-text";
import type { QuestionProps } from "./question-props";
import { SignatureField } from "./signature-field";

/** One question with its control, hint and problem. */
export function Question(props: QuestionProps) {
  const { field, path, value, problemAt, locale, onChange } = props;
  const { door } = useFormFiles();
  const error = problemAt(path);
  const put = (next: FormEntry) => onChange(next, path);
  if (field.kind === "yes_no" || field.kind === "consent" || field.kind === "choices")
    return <ChoiceField field={field} name={path} value={value} error={error} onChange={put} />;
  if (field.kind === "list")
    return <FieldList {...props} items={Array.isArray(value) ? value.filter(isDraft) : []} draw={drawQuestion} />;
  if (field.fields.length > 0) return <FieldGroup {...props} draft={isDraft(value) ? value : {}} draw={drawQuestion} />;
  if (door !== null && field.kind === "signature") return <SignatureField {...props} />;
  if (door !== null && isFileKind(field.kind)) return <FileField {...props} />;
  if (field.kind === "unsupported" || isFileKind(field.kind))
    return (
      <div className="flex flex-col gap-1.5">
        <p className="text-dense font-medium">{field.label}</p>
        <p className="text-label text-ink-2">Files and signatures cannot be taken here yet.</p>
      </div>
    );
  const text = typeof value === "string" ? value : "";
  const zoned = field.kind === "date_time" || (field.kind === "time" && field.schema["format"] === "time");
  const hint = [field.hint, understoodNumber(field, text, locale), zoned ? zoneWords(text) : null];
  return (
    <Field
      label={field.currency === null ? field.label : `${field.label} (${field.currency})`}
      hint={hint.filter((part) => part !== null).join(" ")}
      error={error ?? null}
      optional={!field.required}
    >
      {(control) => <FieldControl field={field} name={path} value={text} control={control} onChange={put} />}
    </Field>
  );
}

/** Groups and lists draw their questions like the form itself. */
function drawQuestion(props: QuestionProps) {
  return <Question key={props.path} {...props} />;
}

function isDraft(entry: FormEntry | number | undefined): entry is FormDraft {
  return typeof entry === "object" && !Array.isArray(entry);
}

/** What a number means that is written in another way than it would be shown. */
function understoodNumber(field: FormField, text: string, locale: string): string | null {
  if (!isNumeric(field)) return null;
  const read = readNumber(text, locale);
  if (!read.ok) return null;
  const shown = showNumber(read.value, locale);
  return shown === text.trim() ? null : `Read as ${shown}.`;
}
