"use client";
import { useState } from "react";
import { ExpressionEditor } from "@/components/builder/expression/expression-editor";
import { useStepForm } from "@/components/builder/state/step-form";
import { AmountAndUnit } from "./amount-and-unit";
import { elementProps, textOf, type ControlNames, type ControlProps } from "./control-props";
import { durationUnits, readDuration, writeDuration, type DurationUnit, type DurationValue } from "./duration-value";
import { editorNames } from "./text-controls";

/** A length of time as number and unit, or as a template. */
export function DurationControl({ names, value, onChange }: ControlProps<"duration">) {
  const text = textOf(value);
  return (
    <DurationInput
      names={names}
      value={text === "" ? null : readDuration(text)}
      template={text !== "" && readDuration(text) === null ? text : null}
      onDuration={(duration) => onChange(duration === null ? undefined : writeDuration(duration))}
      onTemplate={(next) => onChange(next === "" ? undefined : next)}
    />
  );
}

/** How long people have. Hours stay in `timeoutHours` where they were written so; every other unit is a `timeout`. */
export function DeadlineControl({ names }: ControlProps<"deadline">) {
  const { node, change } = useStepForm();
  const { timeoutHours: hours, timeout } = node;
  const text = textOf(timeout);
  const read = typeof hours === "number" ? hoursAsDuration(hours) : text === "" ? null : readDuration(text);
  const write = (timeoutHours: number | undefined, iso: string | undefined) =>
    change([
      { path: ["timeoutHours"], value: timeoutHours },
      { path: ["timeout"], value: iso },
      ...(timeoutHours === undefined && iso === undefined
        ? [["onTimeout"], ["calendar"]].map((path) => ({ path, value: undefined }))
        : []),
    ]);
  return (
    <DurationInput
      names={names}
      none="No deadline"
      value={read}
      template={text !== "" && readDuration(text) === null && typeof hours !== "number" ? text : null}
      onDuration={(duration) => {
        if (duration === null) write(undefined, undefined);
        else if (duration.unit === "hours") write(duration.amount, undefined);
        else write(undefined, writeDuration(duration));
      }}
      onTemplate={(next) => write(undefined, next === "" ? undefined : next)}
    />
  );
}

/** 72 hours stay 72 hours: what was written is what is shown. */
function hoursAsDuration(hours: number): DurationValue {
  return { amount: hours, unit: "hours" };
}

interface DurationInputProps {
  names: ControlNames;
  value: DurationValue | null;
  /** What is written instead of a duration. */
  template: string | null;
  none?: string;
  onDuration: (value: DurationValue | null) => void;
  onTemplate: (text: string) => void;
}

type Mode = DurationUnit | "none" | "template";

function DurationInput({ names, value, template, none = "Not set", onDuration, onTemplate }: DurationInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [asTemplate, setAsTemplate] = useState(false);
  const mode: Mode = template !== null || asTemplate ? "template" : (value?.unit ?? "none");
  const choose = (next: Mode) => {
    setAsTemplate(next === "template");
    setTyped(null);
    if (next === "template") return;
    onDuration(next === "none" ? null : { amount: value?.amount ?? defaultAmounts[next], unit: next });
  };
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-2">
        <AmountAndUnit
          amount={
            value === null || mode === "template"
              ? null
              : {
                  ...elementProps(names),
                  inputMode: "decimal",
                  className: "max-w-24",
                  value: typed ?? String(value.amount),
                  onChange: (event) => {
                    setTyped(event.target.value);
                    const amount = Number(event.target.value);
                    if (event.target.value.trim() !== "" && Number.isFinite(amount) && amount > 0)
                      onDuration({ amount, unit: value.unit });
                  },
                  onBlur: () => setTyped(null),
                }
          }
          unit={mode}
          units={[
            ["none", none],
            ...durationUnits.map((unit) => [unit, unit] as const),
            ["template", "from the data…"],
          ]}
          onUnit={choose}
          select={mode === "none" ? elementProps(names) : { "aria-label": `${names.label}: unit` }}
        />
      </div>
      {mode === "template" && (
        <ExpressionEditor
          kind="template"
          {...editorNames(names)}
          value={template ?? ""}
          placeholder="${input.waitFor}"
          onChange={onTemplate}
        />
      )}
    </div>
  );
}

const defaultAmounts: Record<DurationUnit, number> = {
  seconds: 30,
  minutes: 5,
  hours: 24,
  days: 3,
  weeks: 1,
  months: 1,
  years: 1,
};
