"use client";
import { useState } from "react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { ExpressionEditor } from "@/components/builder/expression/expression-editor";
import { elementProps, textOf, type ControlProps } from "./control-props";
import { JsonEditor } from "./json-editor";

export function TextControl({ control, names, value, onChange }: ControlProps<"text">) {
  return (
    <Input
      {...elementProps(names)}
      value={textOf(value)}
      placeholder={control.placeholder}
      spellCheck={control.mono !== true}
      className={control.mono === true ? "font-mono text-dense" : undefined}
      onChange={(event) => onChange(emptyAsNothing(event.target.value))}
    />
  );
}

export function LongTextControl({ names, value, onChange }: ControlProps<"long_text">) {
  return (
    <Textarea
      {...elementProps(names)}
      value={textOf(value)}
      onChange={(event) => onChange(emptyAsNothing(event.target.value))}
    />
  );
}

/** A structure where a text is expected (an import may bring one) is edited as what it is. */
export function TemplateControl({ control, names, value, onChange }: ControlProps<"template">) {
  if (isStructure(value)) return <JsonEditor names={names} value={value} onChange={onChange} />;
  return (
    <ExpressionEditor
      kind="template"
      {...editorNames(names)}
      value={textOf(value)}
      lines={control.lines}
      placeholder={control.placeholder}
      extraNames={control.extraNames}
      onChange={(text) => onChange(emptyAsNothing(text))}
    />
  );
}

/** A JSON-logic object stays one; what is typed is CEL. */
export function ExpressionControl({ control, names, value, onChange }: ControlProps<"expression">) {
  if (isStructure(value)) return <JsonEditor names={names} value={value} onChange={onChange} />;
  return (
    <ExpressionEditor
      kind="expression"
      {...editorNames(names)}
      value={textOf(value)}
      lines={2}
      placeholder={control.placeholder}
      insideBody={control.insideBody}
      onChange={(text) => onChange(emptyAsNothing(text))}
    />
  );
}

/** A list: as an expression, as a template (then it holds `${`), or written out as JSON. */
export function ItemsControl({ control, names, value, onChange }: ControlProps<"items">) {
  const [asJson, setAsJson] = useState(false);
  const written = isStructure(value);
  return (
    <div className="flex flex-col gap-1.5">
      <Select
        aria-label={`${names.label}: where it comes from`}
        value={written || asJson ? "json" : "data"}
        onChange={(event) => {
          const json = event.target.value === "json";
          setAsJson(json);
          onChange(json ? [] : undefined);
        }}
      >
        <option value="data">From the data</option>
        <option value="json">Written out here</option>
      </Select>
      {written || asJson ? (
        <JsonEditor names={names} value={value} onChange={onChange} />
      ) : (
        <ExpressionEditor
          kind={textOf(value).includes("${") ? "template" : "expression"}
          {...editorNames(names)}
          value={textOf(value)}
          placeholder={control.placeholder}
          onChange={(text) => onChange(emptyAsNothing(text))}
        />
      )}
    </div>
  );
}

export function JsonControl({ names, value, onChange }: ControlProps<"json">) {
  return <JsonEditor names={names} value={value} onChange={onChange} />;
}

export function editorNames(names: ControlProps["names"]) {
  return {
    id: names.id,
    label: names.label,
    labelledBy: names.labelId,
    describedBy: names.describedBy,
    invalid: names.invalid,
  };
}

export function isStructure(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

export function emptyAsNothing(text: string): string | undefined {
  return text === "" ? undefined : text;
}
