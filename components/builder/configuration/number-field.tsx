"use client";
import { useState } from "react";
import { readWhole, type WholeRange } from "@/components/builder/fields/whole-number";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface NumberFieldProps extends WholeRange {
  label: string;
  hint: string;
  value: number | null;
  readOnly: boolean;
  /** What an empty field means; without it there must be a number. */
  emptyMeans?: string;
  onChange: (value: number | null) => void;
}

/** A whole number. What is not one yet stays in the field with a sentence, and is not kept. */
export function NumberField({ label, hint, value, readOnly, emptyMeans, onChange, ...range }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? (value === null ? "" : String(value));
  const read = readWhole(text, range, emptyMeans !== undefined);
  return (
    <Field label={label} hint={hint} error={typed !== null && !read.ok ? read.problem : null}>
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          className="figures"
          value={text}
          readOnly={readOnly}
          placeholder={emptyMeans}
          onChange={(event) => {
            setTyped(event.target.value);
            const next = readWhole(event.target.value, range, emptyMeans !== undefined);
            if (next.ok) onChange(next.value);
          }}
          onBlur={() => read.ok && setTyped(null)}
        />
      )}
    </Field>
  );
}
