"use client";
import { useId, type ReactNode } from "react";
import type { FormDraft } from "./form-entry";
import type { QuestionProps } from "./question-props";

interface FieldGroupProps extends QuestionProps {
  draft: FormDraft;
  draw: (props: QuestionProps) => ReactNode;
}

/** Questions that belong together, such as the lines of an address. */
export function FieldGroup({ field, path, draft, problemAt, locale, onChange, draw }: FieldGroupProps) {
  const id = useId();
  const error = problemAt(path);
  return (
    <fieldset
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      className="flex flex-col gap-4 rounded-control border border-hairline p-4"
    >
      <legend className="px-1.5 text-dense font-medium">
        {field.label}
        {!field.required && <span className="ml-1.5 font-normal text-ink-3">optional</span>}
      </legend>
      {field.hint && <p className="text-label text-ink-3">{field.hint}</p>}
      {field.fields.map((inner) =>
        draw({
          field: inner,
          path: `${path}.${inner.name}`,
          value: draft[inner.name] ?? "",
          problemAt,
          locale,
          onChange: (value, changed) => onChange({ ...draft, [inner.name]: value }, changed),
        }),
      )}
      {error !== undefined && (
        <p id={`${id}-error`} role="alert" className="text-label font-medium text-failed">
          {error}
        </p>
      )}
    </fieldset>
  );
}
