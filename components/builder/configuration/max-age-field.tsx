"use client";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ConfigPartProps } from "./use-config";
import { ageUnits, readAge, type AgeUnit } from "./max-age";
import { readWhole } from "./whole-number";

/** How old a run may get by the clock on the wall, waiting included. */
export function MaxAgeField({ config, readOnly, set }: ConfigPartProps) {
  const stored = readAge(config.maxAgeMs);
  const [chosen, setChosen] = useState<AgeUnit | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const unit = chosen ?? stored?.unit ?? "hours";
  const range = { min: 1, max: 100_000 };
  const text = typed ?? (config.maxAgeMs === null ? "" : String(config.maxAgeMs / ageUnits[unit]));
  const read = readWhole(text, range, true);
  const write = (amount: number | null, of: AgeUnit) =>
    set(["maxAgeMs"], amount === null ? null : amount * ageUnits[of]);
  return (
    <Field
      label="Max age"
      optional
      hint="A run that is older fails, waiting included. Empty: it may wait for ever."
      error={typed !== null && !read.ok ? read.problem : null}
    >
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            inputMode="numeric"
            className="figures"
            value={text}
            placeholder="No limit"
            readOnly={readOnly}
            onChange={(event) => {
              setTyped(event.target.value);
              const next = readWhole(event.target.value, range, true);
              if (next.ok) write(next.value, unit);
            }}
            onBlur={() => read.ok && setTyped(null)}
          />
          <Select
            aria-label="Unit of the max age"
            className="w-28 shrink-0"
            value={unit}
            disabled={readOnly}
            onChange={(event) => {
              const next = (Object.keys(ageUnits) as AgeUnit[]).find((each) => each === event.target.value) ?? unit;
              setChosen(next);
              if (config.maxAgeMs !== null && read.ok) write(read.value, next);
            }}
          >
            {(Object.keys(ageUnits) as AgeUnit[]).map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </Select>
        </div>
      )}
    </Field>
  );
}
