import type { JsonObject } from "@/core/json";

/** Where a field stands inside a step: `["context", "fields", 0, "label"]`. */
export type FieldPath = readonly (string | number)[];

export interface Option {
  value: string;
  label: string;
}

/** How a field is edited. Each kind has one component of the builder, see `components/builder/step/control-table.tsx`. */
export type Control =
  | { kind: "text"; placeholder?: string; mono?: boolean }
  /** Text with `${…}` in it. */
  | { kind: "template"; lines?: number; placeholder?: string; extraNames?: readonly string[] }
  | { kind: "long_text" }
  /** Milliseconds, or exponential. */
  | { kind: "backoff" }
  /** Bare CEL. `insideBody`: evaluated after an iteration, so that the body's steps are visible. */
  | { kind: "expression"; placeholder?: string; insideBody?: boolean }
  /** A list as a bare expression, as a template, or written out. */
  | { kind: "items"; placeholder?: string }
  | { kind: "number"; unit?: string; min?: number; max?: number; whole?: boolean; placeholder?: string }
  /** `unset`: what it means when nothing is chosen, as an entry of the list. */
  | { kind: "choice"; options: readonly Option[]; unset?: string }
  | { kind: "yes_no"; sentence: string }
  | { kind: "texts"; placeholder?: string; add: string }
  | { kind: "expressions"; add: string }
  | { kind: "key_values"; keyLabel: string; add: string; suggestions?: readonly string[] }
  /** Any JSON, templates inside. `bare`: a text without `${}` is an expression. */
  | { kind: "value"; bare?: boolean; schema?: JsonObject; add?: string }
  | { kind: "json"; placeholder?: string }
  | { kind: "duration" }
  | { kind: "assignees"; whenEmpty: string; anyone?: boolean }
  | { kind: "channels" }
  | { kind: "connection" }
  | { kind: "action" }
  | { kind: "action_input" }
  | { kind: "cases" }
  | { kind: "default_case" }
  | { kind: "workflow" }
  | { kind: "form_schema" }
  | { kind: "input_schema" }
  | { kind: "facts" }
  | { kind: "deadline" }
  /** By which working hours a time counts. */
  | { kind: "calendar" }
  /** When people are reminded of a deadline. */
  | { kind: "reminders" }
  /** What happens when time is up: one of `choices`, or the way out named `handle`. */
  | { kind: "on_timeout"; handle: string; choices: readonly string[] }
  | { kind: "on_reject" }
  /** How many of those who are asked decide. */
  | { kind: "quorum" }
  /** A table of approver rules, and the answers to its questions. */
  | { kind: "rule_table" }
  | { kind: "comment_required" }
  | { kind: "editable_inputs" };

export interface FieldSpec {
  path: FieldPath;
  label: string;
  help?: string;
  /** Nothing is missing when it is left empty. */
  optional?: boolean;
  control: Control;
  /** Other own fields of the step that the same control edits. */
  also?: readonly FieldPath[];
  /** Shown only then. */
  when?: (node: Readonly<Record<string, unknown>>) => boolean;
}

/** Fields of which one excludes the others, e.g. waiting for some time or until a moment. */
export interface WayChoice {
  label: string;
  ways: readonly {
    id: string;
    label: string;
    /** The field whose presence says that this way was taken, and its value at first. */
    marker: string;
    start: unknown;
    fields: readonly FieldSpec[];
  }[];
}

export interface FieldGroup {
  title: string | null;
  fields: readonly FieldSpec[];
  choice?: WayChoice;
}

/** The form of a step type. */
export interface FormLayout {
  groups: readonly FieldGroup[];
  /** Own fields that are edited elsewhere or not offered; a value that is there all the same is shown and can be removed. */
  notOffered: readonly string[];
  /** What stands below the fields: the card that the decider will read. */
  preview?: "approval";
}

/** Every field of a layout, those of all ways included. */
export function layoutFields(layout: FormLayout): FieldSpec[] {
  return layout.groups.flatMap((group) => [
    ...group.fields,
    ...(group.choice?.ways.flatMap((way) => way.fields) ?? []),
  ]);
}
