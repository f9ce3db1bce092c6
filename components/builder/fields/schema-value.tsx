"use client";
import { useState } from "react";
import { Select } from "@/components/ui/select";
import type { JsonObject } from "@/core/json";
import { ExpressionEditor } from "@/components/builder/expression/expression-editor";
import { elementProps, textOf, type ControlNames } from "./control-props";
import { JsonEditor } from "./json-editor";
import { editorNames, isStructure } from "./text-controls";
import { readTyped } from "./typed-text";

interface SchemaValueProps {
  names: ControlNames;
  schema: JsonObject;
  value: unknown;
  onChange: (value: unknown) => void;
}

const fromData = "from data";

/** One field of an action: a list where the schema has one, else text that becomes what the schema asks for; templates everywhere. */
export function SchemaValue({ names, schema, value, onChange }: SchemaValueProps) {
  const [templated, setTemplated] = useState(false);
  const options = choicesOf(schema);
  const isData = templated || (typeof value === "string" && value.includes("${"));
  if (
    isStructure(value) ||
    ((schema["type"] === "object" || schema["type"] === "array") && !isData && value !== undefined)
  )
    return <JsonEditor names={names} value={value} onChange={onChange} />;
  const editor = (
    <ExpressionEditor
      kind="template"
      {...editorNames(names)}
      value={textOf(value)}
      onChange={(text) => onChange(text === "" ? undefined : readTyped(text, schema))}
    />
  );
  if (options.length === 0) return editor;
  return (
    <div className="flex flex-col gap-1.5">
      <Select
        {...elementProps({ ...names, id: isData ? `${names.id}-list` : names.id })}
        aria-label={isData ? `${names.label}: fixed or from data` : undefined}
        value={isData ? fromData : JSON.stringify(value ?? null)}
        onChange={(event) => {
          setTemplated(event.target.value === fromData);
          const option = options.find((each) => JSON.stringify(each) === event.target.value);
          onChange(option);
        }}
      >
        <option value="null">Choose…</option>
        {value !== undefined && !isData && !options.includes(value as string) && (
          <option value={JSON.stringify(value)}>{textOf(value)}</option>
        )}
        {options.map((option) => (
          <option key={String(option)} value={JSON.stringify(option)}>
            {option === true ? "Yes" : option === false ? "No" : String(option)}
          </option>
        ))}
        <option value={fromData}>From the data…</option>
      </Select>
      {isData && editor}
    </div>
  );
}

function choicesOf(schema: JsonObject): (string | number | boolean)[] {
  if (schema["type"] === "boolean") return [true, false];
  const values = Array.isArray(schema["enum"]) ? schema["enum"] : [];
  return values.filter((each) => typeof each === "string" || typeof each === "number");
}
