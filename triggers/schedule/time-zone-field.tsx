"use client";
import { useMemo } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";

interface TimeZoneFieldProps {
  value: string;
  readOnly: boolean;
  onChange: (zone: string) => void;
}

/** UTC first, then every zone the browser knows; typing finds one. */
export function TimeZoneField({ value, readOnly, onChange }: TimeZoneFieldProps) {
  const zones = useMemo(() => {
    const known = Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC");
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return { first: [...new Set(["UTC", own, value])], rest: known.filter((zone) => zone !== own && zone !== value) };
  }, [value]);
  return (
    <Field label="Time zone" hint="All schedules run in UTC unless a zone is chosen.">
      {(control) => (
        <Select {...control} value={value} disabled={readOnly} onChange={(event) => onChange(event.target.value)}>
          {zones.first.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
          <optgroup label="All zones">
            {zones.rest.map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </optgroup>
        </Select>
      )}
    </Field>
  );
}
