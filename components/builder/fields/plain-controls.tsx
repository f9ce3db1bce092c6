"use client";
import { useState } from "react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { elementProps, textOf, type ControlProps } from "./control-props";
import { emptyAsNothing } from "./text-controls";

export function NumberControl({ control, names, value, onChange }: ControlProps<"number">) {
  const [typed, setTyped] = useState<string | null>(null);
  const wrong = typed === null ? null : numberProblem(typed, control);
  return (
    <div className="flex flex-col gap-1">
      <span className="flex items-center gap-2">
        <Input
          {...elementProps(names)}
          inputMode={control.whole === true ? "numeric" : "decimal"}
          aria-invalid={names.invalid || wrong !== null || undefined}
          value={typed ?? textOf(value)}
          placeholder={control.placeholder}
          className="figures max-w-32"
          onChange={(event) => {
            const text = event.target.value;
            setTyped(text);
            if (text.trim() === "") onChange(undefined);
            else if (numberProblem(text, control) === null) onChange(Number(text));
          }}
          onBlur={() => {
            if (wrong === null) setTyped(null);
          }}
        />
        {control.unit !== undefined && <span className="text-ink-2">{control.unit}</span>}
      </span>
      {wrong !== null && (
        <p role="alert" className="text-label font-medium text-failed">
          {wrong}
        </p>
      )}
    </div>
  );
}

/** Why a text is not the number that is asked for. */
export function numberProblem(
  text: string,
  { min, max, whole }: { min?: number; max?: number; whole?: boolean },
): string | null {
  if (text.trim() === "") return null;
  const number = Number(text);
  if (!Number.isFinite(number)) return "Enter a number.";
  if (whole === true && !Number.isInteger(number)) return "Enter a whole number.";
  if (min !== undefined && number < min) return `Enter ${min} or more.`;
  return max !== undefined && number > max ? `Enter ${max} or less.` : null;
}

export function ChoiceControl({ control, names, value, onChange }: ControlProps<"choice">) {
  const chosen = textOf(value);
  const listed = control.options.some((option) => option.value === chosen);
  // The default has an entry of its own where it is also a value: choosing either means the same.
  const unset = control.unset !== undefined && !control.options.some((option) => option.label === control.unset);
  const shown =
    chosen === "" ? (control.options.find((option) => option.label === control.unset)?.value ?? "") : chosen;
  return (
    <Select {...elementProps(names)} value={shown} onChange={(event) => onChange(emptyAsNothing(event.target.value))}>
      {unset && <option value="">{control.unset}</option>}
      {control.unset === undefined && chosen === "" && <option value="">Choose…</option>}
      {chosen !== "" && !listed && <option value={chosen}>{chosen}</option>}
      {control.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}

export function YesNoControl({ control, names, value, onChange }: ControlProps<"yes_no">) {
  return (
    <span className="flex min-h-9 items-center gap-2.5 max-sm:min-h-11">
      <input
        {...elementProps(names)}
        type="checkbox"
        checked={value === true}
        aria-label={`${names.label}: ${control.sentence}`}
        aria-labelledby={`${names.id}-sentence`}
        onChange={(event) => onChange(event.target.checked ? true : undefined)}
        className="size-4 shrink-0 accent-ink max-sm:size-5"
      />
      <label id={`${names.id}-sentence`} htmlFor={names.id}>
        {control.sentence}
      </label>
    </span>
  );
}

/** A fixed pause in milliseconds, or pauses that grow. */
export function BackoffControl({ names, value, onChange }: ControlProps<"backoff">) {
  const way = typeof value === "number" ? "fixed" : value === "exponential" ? "exponential" : "unset";
  return (
    <div className="flex items-center gap-2">
      <Select
        {...(way === "fixed" ? { "aria-label": `${names.label}: how` } : elementProps(names))}
        value={way}
        onChange={(event) =>
          onChange(
            event.target.value === "fixed" ? 1000 : event.target.value === "exponential" ? "exponential" : undefined,
          )
        }
      >
        <option value="unset">As configured</option>
        <option value="fixed">Always the same</option>
        <option value="exponential">Exponential</option>
      </Select>
      {way === "fixed" && (
        <NumberControl
          control={{ kind: "number", min: 0, unit: "ms" }}
          names={names}
          path={[]}
          value={value}
          onChange={(next) => onChange(next ?? 0)}
        />
      )}
    </div>
  );
}
