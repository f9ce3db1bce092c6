"use client";
import type { ReactNode } from "react";
import { JsonView } from "@/components/ui/json-view";
import type { Json } from "@/core/json";
import { designTypeLabels, labelOfField, typeOfField } from "@/components/builder/designers/design-field";
import { readFacts } from "@/components/builder/designers/facts";
import { fieldsOfSchema } from "@/components/builder/designers/schema-fields";
import { assigneeName } from "@/components/people/assignee-refs";
import { useAssignees } from "@/components/people/use-assignees";
import { textOf } from "@/components/builder/fields/control-props";
import { durationWords, readDuration } from "@/components/builder/fields/duration-value";
import { reminderWords } from "@/components/builder/fields/reminder-value";
import type { FieldSpec } from "@/core/workflow/form-layout";
import { objectOf } from "@/components/builder/fields/key-values-control";
import { listOf } from "@/components/builder/fields/list-controls";

/** Whether there is anything to show of a field that cannot be edited. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === "" || value === false;
}

/** A field of somebody who may look but not edit: its label and its value, without anything to press. */
export function ReadOnlyValue({ field, value }: { field: FieldSpec; value: unknown }) {
  if (isBlank(value)) return null;
  return (
    <div data-field={field.path.join(".")} className="flex min-w-0 flex-col gap-1">
      <p className="text-dense text-ink-2">{field.label}</p>
      <Value field={field} value={value} />
    </div>
  );
}

function Value({ field: { control, label }, value }: { field: FieldSpec; value: unknown }): ReactNode {
  const text = textOf(value);
  switch (control.kind) {
    case "assignees":
      return <Assignees refs={listOf(value).map(textOf)} />;
    case "facts":
      return <Pairs pairs={readFacts(value).map((fact) => [fact.label, textOf(fact.value)])} />;
    case "form_schema":
    case "input_schema":
      return (
        <Pairs
          pairs={fieldsOfSchema(objectOf(value)).map((question) => {
            const type = typeOfField(question);
            return [labelOfField(question), type === null ? "JSON" : designTypeLabels[type]];
          })}
        />
      );
    case "yes_no":
      return <p>{control.sentence}</p>;
    case "choice":
      return <p>{control.options.find((option) => option.value === value)?.label ?? text}</p>;
    case "deadline":
      return <p>{`${text} hours`}</p>;
    case "reminders":
      return <AnyValue label={label} value={listOf(value).map((each) => reminderWords(textOf(each)))} mono={false} />;
    case "duration": {
      const duration = readDuration(text);
      return <p>{duration === null ? text : durationWords(duration)}</p>;
    }
    default:
      return <AnyValue label={label} value={value} mono={control.kind === "expression"} />;
  }
}

/** Text as text, texts as a list, plain fields as a table, anything else as JSON. */
function AnyValue({ label, value, mono }: { label: string; value: unknown; mono: boolean }) {
  if (typeof value !== "object")
    return <p className={`break-words whitespace-pre-wrap ${mono ? "font-mono text-dense" : ""}`}>{textOf(value)}</p>;
  if (Array.isArray(value) && value.every((each) => typeof each === "string"))
    return (
      <ul className="list-inside list-disc">
        {value.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    );
  const entries = Object.entries(objectOf(value));
  return entries.length > 0 && entries.every(([, entry]) => entry === null || typeof entry !== "object") ? (
    <Pairs pairs={entries.map(([key, entry]) => [key, textOf(entry)])} />
  ) : (
    // A step's fields are JSON.
    <JsonView label={label} value={value as Json} />
  );
}

function Pairs({ pairs }: { pairs: readonly (readonly [string, string])[] }) {
  return (
    <dl className="rounded-control bg-sunken px-3 py-1">
      {pairs.map(([name, text], position) => (
        <div
          key={position}
          className="flex items-baseline justify-between gap-4 border-b border-hairline py-1.5 last:border-b-0"
        >
          <dt className="shrink-0 text-dense text-ink-2">{name}</dt>
          <dd className="min-w-0 text-right [overflow-wrap:anywhere]">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Assignees({ refs }: { refs: readonly string[] }) {
  const options = useAssignees();
  return <p>{refs.map((ref) => assigneeName(ref, options)).join(", ")}</p>;
}
