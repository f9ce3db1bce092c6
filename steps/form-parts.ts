import type { FieldGroup, FieldSpec } from "@/core/workflow/form-layout";

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

/** By which working hours the time counts, where there is one. */
export function calendarField(hasTime: (node: Readonly<Record<string, unknown>>) => boolean = hasDeadline): FieldSpec {
  return {
    path: ["calendar"],
    label: "Count",
    optional: true,
    control: { kind: "calendar" },
    when: (node) => hasTime(node) || node["calendar"] !== undefined,
  };
}

/** @param choices what a step may do by itself then; a way out of its own is always offered */
export function onTimeoutField(label: string, choices: readonly string[] = ["fail"]): FieldSpec {
  return {
    path: ["onTimeout"],
    label,
    optional: true,
    control: { kind: "on_timeout", handle: "timed_out", choices },
    when: hasDeadline,
  };
}

export function hasDeadline(node: Readonly<Record<string, unknown>>): boolean {
  return node["timeoutHours"] !== undefined || node["timeout"] !== undefined;
}
