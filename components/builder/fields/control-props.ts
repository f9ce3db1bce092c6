import type { FieldPath } from "@/core/workflow/form-layout";
import type { Control } from "@/core/workflow/form-layout";

/** What ties a control to its label, help and problems. */
export interface ControlNames {
  id: string;
  labelId: string;
  label: string;
  describedBy: string | undefined;
  invalid: boolean;
}

/** What every control is given. Undefined takes the field away. */
export interface ControlProps<K extends Control["kind"] = Control["kind"]> {
  control: Extract<Control, { kind: K }>;
  names: ControlNames;
  path: FieldPath;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** The attributes of a control that is one element. */
export function elementProps({ id, describedBy, invalid }: ControlNames) {
  return { id, "aria-describedby": describedBy, "aria-invalid": invalid ? (true as const) : undefined };
}

export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : JSON.stringify(value);
}
