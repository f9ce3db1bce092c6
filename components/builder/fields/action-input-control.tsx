"use client";
import { useMemo } from "react";
import { findAction } from "@/connectors/definitions";
import { asObject, type Json, type JsonObject } from "@/core/json";
import { jsonSchemaOf } from "@/core/schema/json-schema-of";
import { ExpressionEditor } from "@/components/builder/expression/expression-editor";
import { useStepForm } from "@/components/builder/state/step-form";
import type { FieldPath } from "@/core/workflow/form-layout";
import { Button } from "@/components/ui/button";
import { wordsOf } from "@/components/ui/name-words";
import { textOf, type ControlProps } from "./control-props";
import { FieldFrame } from "./field-frame";
import { NamedValues, objectOf } from "./key-values-control";
import { dropKey } from "./named-values";
import { SchemaValue } from "./schema-value";

/** What the action takes, field by field from its schema; further fields stay and can be removed. */
export function ActionInputControl({ names, path, value, onChange }: ControlProps<"action_input">) {
  const { node, set, problems } = useStepForm();
  const tool = textOf(node["tool"]);
  const schema = useMemo(() => inputSchemaOf(tool), [tool]);
  if (typeof value === "string")
    return (
      <div className="flex flex-col gap-2">
        <ExpressionEditor
          kind="template"
          label={names.label}
          id={names.id}
          labelledBy={names.labelId}
          value={value}
          lines={2}
          onChange={onChange}
        />
        <Button look="quiet" size="dense" className="self-start" onClick={() => onChange(undefined)}>
          Fill in field by field
        </Button>
      </div>
    );
  const values = objectOf(value);
  const properties = Object.entries(asObject(schema["properties"]));
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  const further = Object.fromEntries(
    Object.entries(values).filter(([key]) => !properties.some(([name]) => name === key)),
  );
  const inner = (key: string): FieldPath => [...path, key];
  return (
    <div
      role="group"
      aria-labelledby={names.labelId}
      id={names.id}
      className="flex flex-col gap-3 border-l-2 border-hairline pl-3"
    >
      {properties.map(([name, property]) => (
        <FieldFrame
          key={name}
          path={inner(name)}
          label={titleOf(name, asObject(property))}
          help={helpOf(asObject(property))}
          optional={!required.includes(name)}
          problems={problems}
        >
          {(own) => (
            <SchemaValue
              names={own}
              schema={asObject(property)}
              value={values[name]}
              onChange={(next) => set(inner(name), next)}
            />
          )}
        </FieldFrame>
      ))}
      {(properties.length === 0 || Object.keys(further).length > 0) && (
        <NamedValues
          names={names}
          values={further}
          keyLabel="Field"
          add="Add a field"
          onChange={(next) => onChange(merged(values, further, next))}
        />
      )}
    </div>
  );
}

/** The known fields as they are, and the further ones as they are now. */
function merged(values: JsonObject, before: JsonObject, after: JsonObject): JsonObject | undefined {
  const known = Object.keys(before).reduce(dropKey, values);
  const all = { ...known, ...after };
  return Object.keys(all).length === 0 ? undefined : all;
}

function inputSchemaOf(tool: string): JsonObject {
  const action = findAction(tool)?.action;
  return action === undefined ? {} : jsonSchemaOf(action.input);
}

function titleOf(name: string, schema: JsonObject): string {
  return typeof schema["title"] === "string" ? schema["title"] : wordsOf(name);
}

function helpOf(schema: JsonObject): string | undefined {
  const help: Json | undefined = schema["description"];
  return typeof help === "string" ? help : undefined;
}
