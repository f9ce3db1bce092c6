import { ofTheTeam, type NamedCalendar } from "@/core/schedule/calendar";

/** A calendar, and for whom it counts without being named. */
export interface KnownCalendar extends NamedCalendar {
  isDefault: boolean;
  /** Ids of the teams that work by it. */
  teams: readonly string[];
}

/**
 * Which one a step means: the one of this slug; for `team` that of the first team that is asked and has one. Where there is none, the
 * organization's own. `isMissing`: the step names one that does not exist.
 */
export function chooseCalendar(
  known: readonly KnownCalendar[],
  named: string,
  asked: readonly string[],
): { calendar: NamedCalendar | null; isMissing: boolean } {
  const fallback = known.find(({ isDefault }) => isDefault) ?? null;
  const found =
    named === ofTheTeam
      ? asked.map((ref) => known.find(({ teams }) => teams.some((team) => ref === `team:${team}`))).find(Boolean)
      : known.find(({ slug }) => slug === named);
  return { calendar: plain(found ?? fallback), isMissing: named !== ofTheTeam && found === undefined };
}

function plain(calendar: KnownCalendar | null): NamedCalendar | null {
  if (calendar === null) return null;
  const { slug, name, zone, hours, holidays } = calendar;
  return { slug, name, zone, hours, holidays };
}
