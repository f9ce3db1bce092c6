"use client";
import { useId, type ReactNode } from "react";
import type { FormEntry } from "./form-entry";
import type { FormField } from "./form-field";

interface ChoiceFieldProps {
  field: FormField;
  name: string;
  value: FormEntry;
  error: string | undefined;
  onChange: (value: FormEntry) => void;
}

/** Consent is one tick box, several choices are one each; yes or no is a choice that somebody may also leave open. */
export function ChoiceField({ field, name, value, error, onChange }: ChoiceFieldProps) {
  const id = useId();
  const problem = error !== undefined && (
    <p id={`${id}-error`} role="alert" className="text-label font-medium text-failed">
      {error}
    </p>
  );
  if (field.kind === "consent")
    return (
      <div className="flex flex-col gap-1">
        <Tick
          name={name}
          checked={value === true}
          described={error ? `${id}-error` : undefined}
          wrong={error !== undefined}
          onChange={onChange}
        >
          {field.label}
        </Tick>
        {field.hint && <p className="pl-6.5 text-label text-ink-3">{field.hint}</p>}
        {problem}
      </div>
    );
  const legend = (
    <legend className="mb-1 text-dense font-medium">
      {field.label}
      {field.kind === "yes_no" && !field.required && <span className="ml-1.5 font-normal text-ink-3">optional</span>}
    </legend>
  );
  if (field.kind === "yes_no")
    return (
      <fieldset aria-describedby={error ? `${id}-error` : undefined} className="flex flex-col gap-1">
        {legend}
        {field.hint && <p className="text-label text-ink-3">{field.hint}</p>}
        <div className="flex flex-wrap gap-x-6">
          {yesNo
            .filter(({ value: answer }) => answer !== "" || !field.required)
            .map(({ value: answer, label }) => (
              <Tick
                key={label}
                type="radio"
                name={name}
                checked={value === answer}
                described={undefined}
                onChange={() => onChange(answer)}
              >
                {label}
              </Tick>
            ))}
        </div>
        {problem}
      </fieldset>
    );
  const chosen = Array.isArray(value) ? value.filter((each) => typeof each === "number") : [];
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined} className="flex flex-col gap-1">
      {legend}
      {field.hint && <p className="text-label text-ink-3">{field.hint}</p>}
      {field.options.map((option, position) => (
        <Tick
          key={option.label}
          name={name}
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

const yesNo: readonly { value: boolean | ""; label: string }[] = [
  { value: true, label: "Yes" },
  { value: false, label: "No" },
  { value: "", label: "No answer" },
];

function Tick({
  type = "checkbox",
  name,
  checked,
  described,
  wrong = false,
  onChange,
  children,
}: {
  type?: "checkbox" | "radio";
  name: string;
  checked: boolean;
  described: string | undefined;
  wrong?: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <label className="flex min-h-9 items-center gap-2.5 max-sm:min-h-11 max-sm:text-reading">
      <input
        type={type}
        name={name}
        checked={checked}
        aria-describedby={described}
        aria-invalid={wrong || undefined}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 shrink-0 accent-ink max-sm:size-5"
      />
      <span>{children}</span>
    </label>
  );
}
