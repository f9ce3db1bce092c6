"use client";
import { Plus, X } from "lucide-react";
import { calendarLimits } from "@/core/schedule/calendar";
import { Input } from "@/components/ui/input";
import { nextInterval, type TypedInterval } from "./calendar-draft";

interface DayHoursProps {
  /** "Monday". */
  day: string;
  intervals: readonly TypedInterval[];
  problem: string | null;
  onChange: (intervals: readonly TypedInterval[]) => void;
}

const iconButton =
  "grid size-9 shrink-0 place-items-center rounded-control text-ink-2 hover:bg-sunken hover:text-ink max-sm:size-11";

/** Phones open their own picker; its mark would cover the time. */
const timeClass = "min-w-0 flex-1 max-sm:[&::-webkit-calendar-picker-indicator]:hidden";

/** The hours of one weekday: closed, or from when until when, several times where there is a break. */
export function DayHours({ day, intervals, problem, onChange }: DayHoursProps) {
  const change = (at: number, part: Partial<TypedInterval>) =>
    onChange(intervals.map((interval, index) => (index === at ? { ...interval, ...part } : interval)));
  return (
    <fieldset className="grid grid-cols-[8rem_1fr] items-start gap-x-2 max-sm:grid-cols-1">
      <legend className="sr-only">{day}</legend>
      <label className="flex min-h-9 items-center gap-2.5 max-sm:min-h-11">
        <input
          type="checkbox"
          checked={intervals.length > 0}
          onChange={({ target }) => onChange(target.checked ? [nextInterval([])] : [])}
          className="size-4 shrink-0 accent-ink max-sm:size-5"
        />
        {day}
      </label>
      <div className="flex flex-col gap-1.5">
        {intervals.length === 0 && <span className="flex min-h-9 items-center text-ink-3 max-sm:hidden">Closed</span>}
        {intervals.map(({ from, to }, index) => (
          <div key={index} className="flex items-center gap-1.5">
            <Input
              type="time"
              aria-label={`${day} from${index === 0 ? "" : `, ${String(index + 1)}`}`}
              value={from}
              onChange={({ target }) => change(index, { from: target.value })}
              aria-invalid={problem === null ? undefined : true}
              className={timeClass}
            />
            <span aria-hidden>–</span>
            <Input
              type="time"
              aria-label={`${day} until${index === 0 ? "" : `, ${String(index + 1)}`}`}
              value={to}
              onChange={({ target }) => change(index, { to: target.value })}
              aria-invalid={problem === null ? undefined : true}
              className={timeClass}
            />
            {index > 0 ? (
              <button
                type="button"
                aria-label={`Remove the last hours of ${day}`}
                onClick={() => onChange(intervals.slice(0, -1))}
                className={index === intervals.length - 1 ? iconButton : `${iconButton} invisible`}
              >
                <X size={16} aria-hidden />
              </button>
            ) : (
              <button
                type="button"
                aria-label={`More hours on ${day}`}
                disabled={intervals.length >= calendarLimits.intervals}
                onClick={() => onChange([...intervals, nextInterval(intervals)])}
                className={`${iconButton} disabled:invisible`}
              >
                <Plus size={16} aria-hidden />
              </button>
            )}
          </div>
        ))}
        {problem !== null && (
          <p role="alert" className="text-label font-medium text-failed">
            {problem}
          </p>
        )}
      </div>
    </fieldset>
  );
}
