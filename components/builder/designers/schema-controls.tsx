"use client";
import type { JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { useBuilder, useBuilderStore } from "@/components/builder/state/use-builder";
import type { ControlNames, ControlProps } from "@/components/builder/fields/control-props";
import { SchemaDesigner } from "./schema-designer";

/** The questions of a form step. */
export function FormSchemaControl({ names, value, onChange }: ControlProps<"form_schema">) {
  return <SchemaDesigner names={names} schema={schemaOf(value)} onChange={onChange} takesFiles />;
}

/** What the whole workflow is given: it stands at the document, whichever step begins. */
export function InputSchemaControl({ names }: { names: ControlNames }) {
  const store = useBuilderStore();
  const schema = useBuilder((state) => state.document.spec.inputSchema);
  return (
    <SchemaDesigner
      names={names}
      schema={schema ?? null}
      onChange={(next) => store.getState().apply([{ op: "set_input_schema", schema: next }], { merge: "input-schema" })}
    />
  );
}

function schemaOf(value: unknown): JsonObject | null {
  return isJsonObject(value) ? value : null;
}
