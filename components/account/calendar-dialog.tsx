"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { toast } from "sonner";
import type { CalendarItem } from "@/core/contracts/calendar";
import { calendarLimits, weekdays, type Weekday } from "@/core/schedule/calendar";
import { useTRPC } from "@/components/trpc";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { draftOf, freeSlug, newCalendar, readCalendar, type CalendarDraft } from "./calendar-draft";
import { DayHours } from "./day-hours";

/** Makes a working calendar, or changes it. `calendar`: null for a new one; `taken`: the slugs of all. */
export function CalendarDialog({
  calendar,
  taken,
  onClose,
}: {
  calendar: CalendarItem | null;
  taken: readonly string[];
  onClose: () => void;
}) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const zones = useId();
  const [draft, setDraft] = useState(() =>
    calendar === null
      ? newCalendar(Intl.DateTimeFormat().resolvedOptions().timeZone, taken.length === 0)
      : draftOf(calendar),
  );
  const [tried, setTried] = useState(false);
  const write = (part: Partial<CalendarDraft>) => setDraft({ ...draft, ...part });
  const read = readCalendar(draft);
  const problems = tried && !read.ok ? read.problems : {};
  const set = useMutation(
    api.calendars.set.mutationOptions({
      onSuccess: () => {
        toast("Saved. What is asked from now on counts by it.");
        onClose();
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.calendars.pathKey() }),
    }),
  );
  const submit = () => {
    setTried(true);
    if (!read.ok || set.isPending) return;
    const slug = calendar?.slug ?? freeSlug(draft.name, taken);
    set.mutate({ ...read.body, slug, revision: calendar?.revision ?? 0 });
  };
  return (
    <FormDialog
      title={calendar === null ? "New working hours" : `Working hours of ${calendar.name}`}
      description="Deadlines and reminders count only these hours. Open requests keep the deadlines that they have."
      act="Save"
      busy={set.isPending}
      error={set.error?.message ?? null}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Name" error={problems.name ?? null}>
        {(control) => (
          <Input
            {...control}
            maxLength={calendarLimits.name}
            value={draft.name}
            onChange={({ target }) => write({ name: target.value })}
          />
        )}
      </Field>
      <Field label="Time zone" hint="Type a city, such as Jakarta." error={problems.zone ?? null}>
        {(control) => (
          <>
            <Input
              {...control}
              list={zones}
              maxLength={60}
              value={draft.zone}
              onChange={({ target }) => write({ zone: target.value })}
            />
            <datalist id={zones}>
              {Intl.supportedValuesOf("timeZone").map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <div className="flex flex-col gap-2">
        {weekdays.map((day) => (
          <DayHours
            key={day}
            day={dayName(day)}
            intervals={draft.hours[day]}
            problem={problems[day] ?? null}
            onChange={(intervals) => write({ hours: { ...draft.hours, [day]: intervals } })}
          />
        ))}
      </div>
      <Field
        label="Holidays"
        optional
        hint="A line each: 2026-12-25 Christmas. Without a year, 12-25 Christmas, it is one every year."
        error={problems.holidays ?? null}
      >
        {(control) => (
          <Textarea
            {...control}
            rows={4}
            spellCheck={false}
            value={draft.holidays}
            onChange={({ target }) => write({ holidays: target.value })}
          />
        )}
      </Field>
      <label className="flex min-h-9 items-center gap-2.5 max-sm:min-h-11">
        <input
          type="checkbox"
          checked={draft.isDefault}
          onChange={({ target }) => write({ isDefault: target.checked })}
          className="size-4 shrink-0 accent-ink max-sm:size-5"
        />
        Teams without hours of their own work by it
      </label>
    </FormDialog>
  );
}

function dayName(day: Weekday): string {
  return day.charAt(0).toUpperCase() + day.slice(1);
}
