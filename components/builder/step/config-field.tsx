"use client";
import { useCallback } from "react";
import { valueAt } from "@/components/builder/state/field-path";
import { useBuilder } from "@/components/builder/state/use-builder";
import { useStepForm } from "@/components/builder/state/step-form";
import { FieldFrame } from "@/components/builder/fields/field-frame";
import type { FieldSpec } from "@/core/workflow/form-layout";
import { FieldControl } from "./control-table";
import { ReadOnlyValue } from "./read-only-value";

/** One field of the selected step, with its label, help and problems. */
export function ConfigField({ field }: { field: FieldSpec }) {
  const { node, readOnly, problems, set } = useStepForm();
  const inputSchema = useBuilder((state) => state.document.spec.inputSchema);
  const value = valueAt(node, field.path);
  const onChange = useCallback((next: unknown) => set(field.path, next), [set, field.path]);
  if (field.when?.(node) === false) return null;
  if (readOnly)
    return (
      <>
        <ReadOnlyValue field={field} value={field.control.kind === "input_schema" ? inputSchema : value} />
        {field.also?.map((path) => (
          <ReadOnlyValue
            key={path.join(".")}
            field={{ ...field, path, control: { kind: "duration" } }}
            value={valueAt(node, path)}
          />
        ))}
      </>
    );
  return (
    <FieldFrame
      path={field.path}
      also={field.also}
      label={field.label}
      help={field.help}
      optional={field.optional === true && plain.has(field.control.kind)}
      problems={problems}
    >
      {(names) => (
        <FieldControl control={field.control} names={names} path={field.path} value={value} onChange={onChange} />
      )}
    </FieldFrame>
  );
}

/** Fields where an empty box would leave one wondering; a list or a choice shows by itself what empty means. */
const plain: ReadonlySet<string> = new Set([
  "text",
  "template",
  "long_text",
  "number",
  "value",
  "key_values",
  "json",
  "expressions",
  "texts",
]);
