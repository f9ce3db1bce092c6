"use client";
import { useState } from "react";
import { Input } from "@/components/ui/input";
import { AmountAndUnit } from "./amount-and-unit";
import { elementProps, textOf, type ControlProps } from "./control-props";
import { Entries, listOf } from "./list-controls";
import { readReminder, reminderUnits, writeReminder, type ReminderUnit } from "./reminder-value";

/** When people are reminded: each as a share of the time or as a time before its end. */
export function RemindersControl({ names, value, onChange }: ControlProps<"reminders">) {
  return (
    <Entries
      label={names.label}
      add="Add a reminder"
      fresh="50%"
      most={mostReminders}
      entries={listOf(value)}
      onChange={onChange}
    >
      {(text, position, replace) => (
        <Reminder
          text={textOf(text)}
          label={`${names.label} ${String(position + 1)}`}
          element={position === 0 ? elementProps(names) : {}}
          onChange={replace}
        />
      )}
    </Entries>
  );
}

const mostReminders = 5;

interface ReminderProps {
  text: string;
  label: string;
  element: Partial<ReturnType<typeof elementProps>>;
  onChange: (text: string) => void;
}

function Reminder({ text, label, element, onChange }: ReminderProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const value = readReminder(text);
  // Written by hand in words that no unit has: kept as it is.
  if (value === null)
    return (
      <Input
        {...element}
        aria-label={label}
        value={text}
        className="font-mono text-dense"
        onChange={(event) => onChange(event.target.value)}
      />
    );
  return (
    <div className="flex items-center gap-2">
      <AmountAndUnit
        amount={{
          ...element,
          "aria-label": label,
          inputMode: "decimal",
          className: "max-w-20",
          value: typed ?? String(value.amount),
          onChange: (event) => {
            setTyped(event.target.value);
            const amount = Number(event.target.value);
            if (event.target.value.trim() !== "" && Number.isFinite(amount) && amount > 0)
              onChange(writeReminder({ ...value, amount }));
          },
          onBlur: () => setTyped(null),
        }}
        unit={value.unit}
        units={reminderUnits.map((unit) => [unit, unitWords[unit]] as const)}
        onUnit={(unit) => {
          setTyped(null);
          onChange(writeReminder({ unit, amount: firstAmounts[unit] }));
        }}
        select={{ "aria-label": `${label}: unit` }}
      />
    </div>
  );
}

const unitWords: Readonly<Record<ReminderUnit, string>> = {
  percent: "% of the time",
  minutes: "minutes before",
  hours: "hours before",
  days: "days before",
};
const firstAmounts: Readonly<Record<ReminderUnit, number>> = { percent: 50, minutes: 30, hours: 4, days: 1 };
