import { suggestion } from "@/core/nearest";
import { ofTheTeam } from "@/core/schedule/calendar";
import { called, eachNode, errorAt, warningAt, type Rule } from "./rule";

/** `unknown_calendar`: a step whose time counts by a working calendar that the organization does not have. */
export const unknownCalendar: Rule = eachNode((indexed, { calendars }) => {
  const { definition, config } = indexed;
  const named = config === undefined ? null : (definition?.calendar?.(config) ?? null);
  if (named === null || calendars === undefined || calendars.some(({ slug }) => slug === named)) return [];
  if (named === ofTheTeam)
    return calendars.length > 0
      ? []
      : [
          warningAt(
            indexed,
            "unknown_calendar",
            "calendar",
            `${called(indexed)} counts by the working hours of a team, and no calendar exists yet, so every hour counts. Add one under People.`,
          ),
        ];
  const hint =
    suggestion(
      named,
      calendars.map(({ slug }) => slug),
    ) || " Choose one in the step, or add it under People.";
  return [
    errorAt(
      indexed,
      "unknown_calendar",
      "calendar",
      `${called(indexed)} counts by the calendar "${named.slice(0, 60)}", and there is none of this name.${hint}`,
    ),
  ];
});
