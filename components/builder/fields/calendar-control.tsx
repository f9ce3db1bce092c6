"use client";
import { useQuery } from "@tanstack/react-query";
import { ofTheTeam } from "@/core/schedule/calendar";
import { hoursWords } from "@/core/schedule/hours-words";
import { useTRPC } from "@/components/trpc";
import { Select } from "@/components/ui/select";
import { elementProps, textOf, type ControlProps } from "./control-props";
import { emptyAsNothing } from "./text-controls";

/** By which working hours a time counts. */
export function CalendarControl({ names, value, onChange }: ControlProps<"calendar">) {
  const api = useTRPC();
  const list = useQuery(api.calendars.list.queryOptions());
  const chosen = textOf(value);
  const items = list.data?.items ?? [];
  const calendar = items.find(({ slug }) => slug === chosen);
  const isUnknown = chosen !== "" && chosen !== ofTheTeam && calendar === undefined;
  return (
    <div className="flex flex-col gap-1">
      <Select
        {...elementProps(names)}
        value={chosen}
        onChange={({ target }) => onChange(emptyAsNothing(target.value))}
        className="w-full"
      >
        <option value="">Every hour</option>
        <option value={ofTheTeam}>Working hours of the team that is asked</option>
        {isUnknown && <option value={chosen}>{list.isSuccess ? `${chosen} (does not exist)` : chosen}</option>}
        {items.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {`Working hours: ${name}`}
          </option>
        ))}
      </Select>
      {calendar !== undefined && (
        <p className="text-label text-ink-3">{`${hoursWords(calendar)} · ${calendar.zone}`}</p>
      )}
      {chosen === ofTheTeam && (
        <p className="text-label text-ink-3">
          {items.some((item) => item.is_default)
            ? "A team without hours of its own, a person or a role: those of the organization."
            : "A team without hours of its own, a person or a role: every hour counts."}
        </p>
      )}
      {list.isError && (
        <p role="alert" className="text-label text-failed">
          The working hours did not load. {list.error.message}
        </p>
      )}
    </div>
  );
}
