import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

interface AmountAndUnitProps<Unit extends string> {
  /** Null where there is nothing to count. */
  amount: ComponentProps<"input"> | null;
  unit: Unit;
  /** Each unit with its word. */
  units: readonly (readonly [Unit, string])[];
  onUnit: (unit: Unit) => void;
  select: Omit<ComponentProps<"select">, "value" | "onChange">;
}

/** A number and what it counts, side by side. Where there is only one unit, the field's name says it. */
export function AmountAndUnit<Unit extends string>({ amount, unit, units, onUnit, select }: AmountAndUnitProps<Unit>) {
  return (
    <>
      {amount !== null && <Input {...amount} className={clsx("figures", amount.className)} />}
      {units.length > 1 && (
        <Select
          {...select}
          value={unit}
          onChange={(event) => onUnit(units.find(([each]) => each === event.target.value)?.[0] ?? unit)}
        >
          {units.map(([each, word]) => (
            <option key={each} value={each}>
              {word}
            </option>
          ))}
        </Select>
      )}
    </>
  );
}
