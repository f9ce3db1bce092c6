"use client";
import { asObject, type Json } from "@/core/json";
import { quorumModeWords } from "@/components/people/quorum-modes";
import { Select } from "@/components/ui/select";
import { elementProps, type ControlProps } from "./control-props";
import { NumberControl } from "./plain-controls";

const numbers = {
  count: { kind: "number", unit: "approvals", min: 1, max: 100, whole: true },
  percent: { kind: "number", unit: "%", min: 1, max: 100 },
} as const;

/** How many of those who are asked decide, and for two of the ways how many that is. */
export function QuorumControl({ names, path, value, onChange }: ControlProps<"quorum">) {
  const { mode = "any", n } = asObject(value as Json | undefined);
  const number = mode === "count" || mode === "percent" ? numbers[mode] : null;
  return (
    <div className="flex flex-col gap-2">
      <Select
        {...elementProps(names)}
        value={typeof mode === "string" ? mode : "any"}
        onChange={({ target }) => {
          if (target.value === "any") onChange(undefined);
          else onChange({ mode: target.value, ...startOf(target.value) });
        }}
      >
        {Object.entries(quorumModeWords).map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </Select>
      {number && (
        <NumberControl
          control={number}
          names={{ ...names, id: `${names.id}-n`, label: mode === "count" ? "How many" : "What share" }}
          path={[...path, "n"]}
          value={n}
          onChange={(next) => onChange({ mode, ...(next === undefined ? {} : { n: next }) })}
        />
      )}
    </div>
  );
}

function startOf(mode: string): { n?: number } {
  if (mode === "count") return { n: 2 };
  return mode === "percent" ? { n: 50 } : {};
}
