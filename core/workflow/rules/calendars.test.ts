import { expect, it } from "vitest";
import { approve, chain, done, issuesOf } from "@/core/workflow/validate.testkit";

const calendars = [{ slug: "office-hours", name: "Office hours" }];
const found = (calendar: string, known: typeof calendars | undefined) =>
  issuesOf(chain([{ ...approve, calendar }, done]), known === undefined ? {} : { calendars: known })
    .filter(({ code }) => code === "unknown_calendar")
    .map(({ severity, path, message }) => `${severity} ${path}: ${message}`);

it("row 33 a step counts by a calendar that is there, or by that of the team", () => {
  expect(found("office-hours", calendars)).toEqual([]);
  expect(found("team", calendars)).toEqual([]);
  expect(found("anything", undefined)).toEqual([]);
});

it("row 33 publishing is refused for one that is not, with the nearest name; a team without any is warned about", () => {
  expect(found("ofice-hours", calendars)).toEqual([
    'error nodes[0].calendar: "approve" counts by the calendar "ofice-hours", and there is none of this name. Did you mean "office-hours"?',
  ]);
  expect(found("night", calendars)[0]).toContain("Choose one in the step, or add it under People.");
  expect(found("team", [])[0]).toMatch(/^warning nodes\[0\]\.calendar: .*every hour counts/);
});
