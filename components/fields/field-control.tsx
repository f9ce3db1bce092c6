"use client";
import type { FormField } from "./form-field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";

interface FieldControlProps {
  field: FormField;
  name: string;
  value: string;
  control: { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };
  onChange: (value: string) => void;
}

/** The control for one question. Yes/no and several choices are drawn by `ChoiceField`. */
export function FieldControl({ field, name, value: text, control, onChange }: FieldControlProps) {
  const shared = { ...control, name, "aria-required": field.required || undefined };
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
      {...(fillsIn[field.name] === undefined || look.autoComplete ? {} : { autoComplete: fillsIn[field.name] })}
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
  password: { type: "password", autoComplete: "off" },
  date: { type: "date" },
  time: { type: "time" },
  date_time: { type: "datetime-local" },
  // Text with a number pad: a number control would swallow what it cannot read, and change on scroll.
  number: { type: "text", inputMode: "decimal" },
  integer: { type: "text", inputMode: "numeric" },
  money: { type: "text", inputMode: "decimal" },
};

/** What browsers know of whoever fills in the form, by how such questions are named. */
const fillsIn: Readonly<Partial<Record<string, string>>> = {
  name: "name",
  full_name: "name",
  street: "street-address",
  postcode: "postal-code",
  city: "address-level2",
  country: "country-name",
};
