"use client";
import { Braces, X } from "lucide-react";
import { useId, useState } from "react";
import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { ExpressionEditor } from "@/components/builder/expression/expression-editor";
import { elementProps, textOf, type ControlNames, type ControlProps } from "./control-props";
import { JsonEditor } from "./json-editor";
import { AddButton } from "./list-controls";
import { NameInput } from "./name-input";
import { dropKey, nameProblem, putKey, renameKey } from "./named-values";
import { RowButton } from "./row-button";
import { isStructure } from "./text-controls";

/** Headers, query, output fields, variables: names with values, in their order. */
export function KeyValuesControl({ control, names, value, onChange }: ControlProps<"key_values">) {
  const values = objectOf(value);
  const put = (next: JsonObject) => onChange(Object.keys(next).length === 0 ? undefined : next);
  return <NamedValues {...control} names={names} values={values} onChange={put} />;
}

interface NamedValuesProps {
  names: ControlNames;
  values: JsonObject;
  keyLabel: string;
  add: string;
  suggestions?: readonly string[];
  onChange: (values: JsonObject) => void;
}

export function NamedValues({ names, values, keyLabel, add, suggestions = [], onChange }: NamedValuesProps) {
  const [adding, setAdding] = useState(false);
  const listId = useId();
  const entries = Object.entries(values);
  return (
    <div className="flex flex-col gap-2">
      {suggestions.length > 0 && (
        <datalist id={listId}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
      {entries.map(([key, entry], position) => (
        <div key={position} role="group" aria-label={key} className="flex flex-col gap-1 rounded-control bg-sunken p-2">
          <div className="flex items-center gap-1">
            <NameInput
              label={`${keyLabel} ${position + 1}`}
              list={suggestions.length > 0 ? listId : undefined}
              name={key}
              problemOf={(name) => (name === key ? null : nameProblem(values, name))}
              onName={(name) => onChange(renameKey(values, key, name))}
            />
            <JsonToggle entry={entry} name={key} onChange={(next) => onChange(putKey(values, key, next))} />
            <RowButton aria-label={`Remove ${key}`} onClick={() => onChange(dropKey(values, key))}>
              <X size={15} aria-hidden />
            </RowButton>
          </div>
          <EntryValue names={names} name={key} entry={entry} onChange={(next) => onChange(putKey(values, key, next))} />
        </div>
      ))}
      {adding && (
        <div className="rounded-control bg-sunken p-2">
          <NameInput
            label={`New ${keyLabel.toLowerCase()}`}
            list={suggestions.length > 0 ? listId : undefined}
            name=""
            autoFocus
            problemOf={(name) => (name === "" ? null : nameProblem(values, name))}
            onName={(name) => {
              setAdding(false);
              if (name !== "") onChange(putKey(values, name, ""));
            }}
          />
        </div>
      )}
      <span {...(entries.length === 0 ? elementProps(names) : {})} tabIndex={-1} className="flex">
        <AddButton onClick={() => setAdding(true)}>{add}</AddButton>
      </span>
    </div>
  );
}

function EntryValue({
  names,
  name,
  entry,
  onChange,
}: {
  names: ControlNames;
  name: string;
  entry: Json;
  onChange: (value: Json) => void;
}) {
  const id = useId();
  if (typeof entry !== "string")
    return (
      <>
        <span id={`${id}-label`} className="sr-only">{`${names.label}: ${name}`}</span>
        <JsonEditor
          names={{ id, labelId: `${id}-label`, label: name, describedBy: undefined, invalid: false }}
          value={entry}
          // What the editor hands over was read from JSON.
          onChange={(next) => onChange((next ?? "") as Json)}
        />
      </>
    );
  return <ExpressionEditor kind="template" label={`${names.label}: ${name}`} value={entry} onChange={onChange} />;
}

/** Between a text with templates and any JSON. */
function JsonToggle({ entry, name, onChange }: { entry: Json; name: string; onChange: (value: Json) => void }) {
  const json = typeof entry !== "string";
  return (
    <RowButton
      aria-label={json ? `Write ${name} as text` : `Write ${name} as JSON`}
      aria-pressed={json}
      onClick={() => onChange(json ? (isStructure(entry) ? JSON.stringify(entry) : textOf(entry)) : jsonOf(entry))}
    >
      <Braces size={15} aria-hidden />
    </RowButton>
  );
}

/** `42` and `{"a":1}` as what they read as; any other text as the start of an object. */
function jsonOf(text: string): Json {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === "string" ? {} : value;
  } catch {
    return text === "" ? {} : [text];
  }
}

export function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
