import type { FieldGroup, FieldSpec } from "./field-spec";

export function group(title: string | null, fields: readonly FieldSpec[]): FieldGroup {
  return { title, fields };
}

/** How long a step waits for people: `timeoutHours` or `timeout`, whichever it was written with. */
export function deadlineField(label: string): FieldSpec {
  return {
    path: ["timeoutHours"],
    also: [["timeout"]],
    label,
    optional: true,
    control: { kind: "deadline" },
  };
}

export function onTimeoutField(label: string): FieldSpec {
  return {
    path: ["onTimeout"],
    label,
    optional: true,
    control: { kind: "on_timeout", handle: "timed_out" },
    when: hasDeadline,
  };
}

export function hasDeadline(node: Readonly<Record<string, unknown>>): boolean {
  return node["timeoutHours"] !== undefined || node["timeout"] !== undefined;
}
