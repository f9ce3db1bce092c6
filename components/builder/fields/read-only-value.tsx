import { JsonView } from "@/components/ui/json-view";
import type { Json } from "@/core/json";
import { readDuration, durationWords } from "./duration-value";
import type { FieldSpec } from "./field-spec";

/** A field of somebody who may look but not edit: its label and its value, without anything to press. */
export function ReadOnlyValue({ field, value }: { field: FieldSpec; value: unknown }) {
  if (value === undefined || value === null || value === "" || value === false) return null;
  return (
    <div data-field={field.path.join(".")} className="flex min-w-0 flex-col gap-1">
      <p className="text-dense text-ink-2">{field.label}</p>
      <Value field={field} value={value} />
    </div>
  );
}

function Value({ field, value }: { field: FieldSpec; value: unknown }) {
  const { control } = field;
  if (typeof value === "object")
    // A step's fields are JSON.
    return plainList(value) ?? <JsonView label={field.label} value={value as Json} />;
  const text = String(value);
  if (control.kind === "yes_no") return <p>{control.sentence}</p>;
  if (control.kind === "choice")
    return <p>{control.options.find((option) => option.value === value)?.label ?? text}</p>;
  if (control.kind === "deadline") return <p>{`${text} hours`}</p>;
  const duration = control.kind === "duration" ? readDuration(text) : null;
  if (duration) return <p>{durationWords(duration)}</p>;
  return (
    <p className={`break-words whitespace-pre-wrap ${control.kind === "expression" ? "font-mono text-dense" : ""}`}>{text}</p>
  );
}

function plainList(value: object | null) {
  if (!Array.isArray(value) || !value.every((each) => typeof each === "string")) return null;
  return (
    <ul className="list-inside list-disc">
      {value.map((each) => (
        <li key={each}>{each}</li>
      ))}
    </ul>
  );
}
