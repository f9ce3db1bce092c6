"use client";
import { isJsonObject } from "@/core/json-guard";
import { useState } from "react";
import { Select } from "@/components/ui/select";
import { ExpressionEditor } from "@/components/builder/expression/expression-editor";
import { textOf, type ControlProps } from "./control-props";
import { JsonEditor } from "./json-editor";
import { NamedValues, objectOf } from "./key-values-control";
import { editorNames } from "./text-controls";

type Shape = "fields" | "one" | "json";

/** Any JSON with templates inside: as named fields, as one template, or as JSON. */
export function ValueControl({ control, names, value, onChange }: ControlProps<"value">) {
  const [picked, setPicked] = useState<Shape | null>(null);
  const shape = shapeOf(value, picked);
  const text = textOf(value);
  return (
    <div className="flex flex-col gap-2">
      <Select
        aria-label={`${names.label}: how it is written`}
        value={shape}
        onChange={(event) => {
          const next = shapes.find((each) => each === event.target.value) ?? "fields";
          setPicked(next);
          onChange(converted(value, next));
        }}
      >
        <option value="fields">As fields</option>
        <option value="one">{control.bare === true ? "As one expression" : "As one value"}</option>
        <option value="json">As JSON</option>
      </Select>
      {shape === "fields" && (
        <NamedValues
          names={names}
          values={objectOf(value)}
          keyLabel="Field"
          add={control.add ?? "Add a field"}
          onChange={(next) => onChange(Object.keys(next).length === 0 ? undefined : next)}
        />
      )}
      {shape === "one" && (
        <ExpressionEditor
          kind={control.bare === true && !text.includes("${") ? "expression" : "template"}
          {...editorNames(names)}
          value={text}
          lines={2}
          onChange={(next) => onChange(next === "" ? undefined : next)}
        />
      )}
      {shape === "json" && <JsonEditor names={names} value={value} onChange={onChange} />}
    </div>
  );
}

const shapes: readonly Shape[] = ["fields", "one", "json"];

/** What a value is wins over what was picked, JSON excepted, which can show anything. */
export function shapeOf(value: unknown, picked: Shape | null): Shape {
  if (picked === "json" || value === undefined) return picked ?? "fields";
  if (typeof value === "string") return "one";
  return isJsonObject(value) ? "fields" : "json";
}

/** Nothing that was written is lost where the other shape can hold it. */
function converted(value: unknown, shape: Shape): unknown {
  if (value === undefined || shape === "json") return value;
  if (shape === "one") return typeof value === "string" ? value : JSON.stringify(value);
  if (typeof value !== "string") return Array.isArray(value) || typeof value !== "object" ? { value } : value;
  try {
    const read: unknown = JSON.parse(value);
    if (isJsonObject(read)) return read;
  } catch {
    // Not JSON: it becomes the value of a field.
  }
  return { value };
}
