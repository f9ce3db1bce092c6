import type { JsonObject } from "@/core/json";
import type { DirectoryPort } from "@/core/ports";
import { ofTheTeam, type NamedCalendar } from "@/core/schedule/calendar";
import { cutText } from "@/core/storable-text";

export interface CountingBy {
  /** Null: every hour counts. */
  calendar: NamedCalendar | null;
  /** What is kept of it with the question; a later change of the calendar moves no deadline that stands. */
  kept: JsonObject;
  /** Where another calendar counts than the step names. */
  warnings: string[];
}

/**
 * The working calendar by which the time of a step counts, as it is at this moment.
 *
 * @param named what the step says; undefined: every hour counts
 * @param asked whom it waits for, normalised references
 */
export async function countingBy(
  directory: DirectoryPort,
  named: string | undefined,
  asked: readonly string[],
): Promise<CountingBy> {
  if (named === undefined) return { calendar: null, kept: {}, warnings: [] };
  const { calendar, isMissing } = await directory.calendar(named, asked);
  return { calendar, kept: keptOf(calendar), warnings: warningsOf(named, calendar, isMissing) };
}

function keptOf(calendar: NamedCalendar | null): JsonObject {
  if (calendar === null) return {};
  const { slug, name, zone } = calendar;
  return { calendar: { slug, name, zone } };
}

function warningsOf(named: string, calendar: NamedCalendar | null, isMissing: boolean): string[] {
  if (!isMissing && calendar !== null) return [];
  const counts =
    calendar === null
      ? "every hour counts"
      : `the time counts by “${calendar.name}”, the calendar of your organization`;
  return named === ofTheTeam
    ? [`Neither the team that is asked nor your organization has working hours, so ${counts}. Add them under People.`]
    : [`There is no calendar "${cutText(named, 60)}" any more, so ${counts}. Name another one in the step.`];
}
