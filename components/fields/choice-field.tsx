"use client";
import { useId, type ReactNode } from "react";
import type { FormDraft } from "./form-draft";
import type { FormField } from "./form-field";

interface ChoiceFieldProps {
  field: FormField;
  value: FormDraft[string];
  error: string | undefined;
  onChange: (value: FormDraft[string]) => void;
}

/** Tick boxes: one for a yes/no question, one per option where several may be chosen. */
export function ChoiceField({ field, value, error, onChange }: ChoiceFieldProps) {
  const id = useId();
  const problem = error !== undefined && (
    <p id={`${id}-error`} role="alert" className="text-label font-medium text-failed">
      {error}
    </p>
  );
  if (field.kind === "yes_no")
    return (
      <div className="flex flex-col gap-1">
        <Tick
          name={field.name}
          checked={value === true}
          described={error ? `${id}-error` : undefined}
          onChange={onChange}
        >
          {field.label}
        </Tick>
        {field.hint && <p className="pl-6.5 text-label text-ink-3">{field.hint}</p>}
        {problem}
      </div>
    );
  const chosen = Array.isArray(value) ? value : [];
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined} className="flex flex-col gap-1">
      <legend className="mb-1 text-dense font-medium">{field.label}</legend>
      {field.hint && <p className="text-label text-ink-3">{field.hint}</p>}
      {field.options.map((option, position) => (
        <Tick
          key={option.label}
          name={field.name}
          checked={chosen.includes(position)}
          described={undefined}
          onChange={(on) =>
            onChange(on ? [...chosen, position].sort((a, b) => a - b) : chosen.filter((each) => each !== position))
          }
        >
          {option.label}
        </Tick>
      ))}
      {problem}
    </fieldset>
  );
}

function Tick({
  name,
  checked,
  described,
  onChange,
  children,
}: {
  name: string;
  checked: boolean;
  described: string | undefined;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <label className="flex min-h-9 items-center gap-2.5 max-sm:min-h-11 max-sm:text-reading">
      <input
        type="checkbox"
        name={name}
        checked={checked}
        aria-describedby={described}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 shrink-0 accent-ink max-sm:size-5"
      />
      <span>{children}</span>
    </label>
  );
}
