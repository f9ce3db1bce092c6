"use client";
import type { FormField } from "./form-field";
import type { FormDraft } from "./form-draft";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";

interface FieldControlProps {
  field: FormField;
  value: FormDraft[string];
  control: { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };
  onChange: (value: FormDraft[string]) => void;
}

/** The control for one question. Yes/no and several choices are drawn by `ChoiceField`. */
export function FieldControl({ field, value, control, onChange }: FieldControlProps) {
  const text = typeof value === "string" ? value : "";
  const shared = { ...control, name: field.name, "aria-required": field.required || undefined };
  if (field.kind === "choice")
    return (
      <Select {...shared} value={text} onChange={(event) => onChange(event.target.value)}>
        <option value="">Choose…</option>
        {field.options.map((option, position) => (
          <option key={option.label} value={String(position)}>
            {option.label}
          </option>
        ))}
      </Select>
    );
  if (field.kind === "long_text" || field.kind === "json")
    return (
      <Textarea
        {...shared}
        rows={field.kind === "json" ? 5 : 3}
        spellCheck={field.kind !== "json"}
        className={field.kind === "json" ? "font-mono" : undefined}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  const look = inputLooks[field.kind] ?? { type: "text" };
  return (
    <Input
      {...shared}
      {...look}
      maxLength={field.maxLength ?? undefined}
      value={text}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

const inputLooks: Partial<
  Record<FormField["kind"], { type: string; inputMode?: "decimal" | "numeric"; autoComplete?: string }>
> = {
  email: { type: "email", autoComplete: "email" },
  url: { type: "url" },
  phone: { type: "tel", autoComplete: "tel" },
  date: { type: "date" },
  date_time: { type: "datetime-local" },
  // Text with a number pad: a number control would swallow what it cannot read, and change on scroll.
  number: { type: "text", inputMode: "decimal" },
  integer: { type: "text", inputMode: "numeric" },
};
