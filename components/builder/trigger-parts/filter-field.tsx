"use client";
import { checkExpression } from "@/core/expression/check";
import type { Trigger } from "@/core/workflow/document";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { TriggerFields } from "./trigger-editor-props";

interface FilterFieldProps {
  trigger: Trigger;
  hint: string;
  placeholder: string;
  readOnly: boolean;
  set: (fields: TriggerFields) => void;
}

/** Which of what arrives is for this workflow. */
export function FilterField({ trigger, hint, placeholder, readOnly, set }: FilterFieldProps) {
  if (typeof trigger.filter === "object")
    return <p className="text-dense text-ink-2">Its filter is written as JSON logic. Change it in the JSON tab.</p>;
  const filter = trigger.filter ?? "";
  const checked = filter === "" ? null : checkExpression(filter, { names: "any" });
  return (
    <Field label="Filter" optional hint={hint} error={checked?.ok === false ? checked.message : null}>
      {(control) => (
        <Input
          {...control}
          value={filter}
          readOnly={readOnly}
          spellCheck={false}
          placeholder={placeholder}
          className="font-mono"
          onChange={({ target }) => set({ filter: target.value === "" ? undefined : target.value })}
        />
      )}
    </Field>
  );
}
