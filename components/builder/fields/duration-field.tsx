"use client";
import { useState, type ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { AmountAndUnit } from "./amount-and-unit";
import { durationOfMs, unitMs, type FixedUnit } from "./duration-value";
import { readWhole, type WholeRange } from "./whole-number";

interface DurationFieldProps {
  label: string;
  hint: string;
  optional?: boolean;
  /** Milliseconds; null for no end. */
  value: number | null;
  /** How many of a unit there may be. */
  range: WholeRange;
  units: readonly FixedUnit[];
  /** The unit while nothing is set. */
  usual: FixedUnit;
  /** What an empty field means. */
  emptyMeans: string;
  readOnly: boolean;
  onChange: (ms: number | null) => void;
  /** What is typed is none yet: what was written before no longer counts. */
  onProblem?: () => void;
  /** Stands after the field. */
  beside?: ReactNode;
}

/** A whole number of a unit, or nothing. What is no number yet stays in the field with a sentence, and is not kept. */
export function DurationField(props: DurationFieldProps) {
  const { label, hint, optional = false, value, range, units, usual, emptyMeans, readOnly, onChange, beside } = props;
  const [chosen, setChosen] = useState<FixedUnit | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const unit = unitOf(value, units, chosen) ?? usual;
  const text = typed ?? (value === null ? "" : String(value / unitMs[unit]));
  const read = readWhole(text, range, true);
  const write = (amount: number | null, of: FixedUnit) => onChange(amount === null ? null : amount * unitMs[of]);
  return (
    <Field label={label} optional={optional} hint={hint} error={typed !== null && !read.ok ? read.problem : null}>
      {(control) => (
        <div className="flex gap-2">
          <AmountAndUnit
            amount={{
              ...control,
              inputMode: "numeric",
              value: text,
              placeholder: emptyMeans,
              readOnly,
              onChange: (event) => {
                setTyped(event.target.value);
                // 24 hours are a day, but a person who writes hours goes on writing hours.
                setChosen(unit);
                const next = readWhole(event.target.value, range, true);
                if (next.ok) write(next.value, unit);
                else props.onProblem?.();
              },
              onBlur: () => read.ok && setTyped(null),
            }}
            unit={unit}
            units={units.map((each) => [each, each])}
            onUnit={(next) => {
              setChosen(next);
              if (value !== null && read.ok) write(read.value, next);
            }}
            select={{
              "aria-label": `Unit of the ${label.toLowerCase()}`,
              className: "w-28 shrink-0",
              disabled: readOnly,
            }}
          />
          {beside}
        </div>
      )}
    </Field>
  );
}

/** The chosen unit, unless another change made it say a fraction. */
function unitOf(ms: number | null, units: readonly FixedUnit[], chosen: FixedUnit | null): FixedUnit | null {
  if (units.length === 1) return units[0] ?? null;
  if (ms === null) return chosen;
  return chosen !== null && ms % unitMs[chosen] === 0 ? chosen : durationOfMs(ms).unit;
}
