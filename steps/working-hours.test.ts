import { expect, it, test } from "vitest";
import type { Json, JsonObject } from "@/core/json";
import type { StepOutcome } from "@/core/ports";
import { byWeekday } from "@/core/schedule/calendar";
import type { KnownCalendar } from "@/core/schedule/choose-calendar";
import { approvalDefinition } from "./approval/definition";
import { executeApproval } from "./approval/execute";
import { collectFormDefinition } from "./collect_form/definition";
import { executeCollectForm } from "./collect_form/execute";
import { humanHandoffDefinition } from "./human_handoff/definition";
import { executeHumanHandoff } from "./human_handoff/execute";
import { stepContext, type TestWorld } from "./step-context.testkit";
import { due, hour } from "./waiting-steps.testkit";
import { waitDefinition } from "./wait/definition";
import { executeWait } from "./wait/execute";

/** Berlin, winter: an hour ahead of UTC. */
const friday = Date.UTC(2026, 11, 4, 15);
const local = (moment: number | undefined) =>
  moment === undefined ? undefined : new Date(moment + hour).toISOString().slice(0, 16);

const nineToFive = [{ from: "09:00", to: "17:00" }];
const office: KnownCalendar = {
  slug: "office",
  name: "Office hours",
  zone: "Europe/Berlin",
  hours: byWeekday((_, index) => (index < 5 ? nineToFive : undefined)),
  holidays: [],
  isDefault: true,
  teams: [],
};
const night: KnownCalendar = {
  ...office,
  slug: "night",
  name: "Night shift",
  hours: byWeekday(() => [{ from: "20:00", to: "24:00" }]),
  isDefault: false,
  teams: ["n"],
};
const world: TestWorld = { known: ["role:operator", "role:boss", "team:n"], calendars: [office, night] };

function waitpointOf(outcome: StepOutcome | undefined): {
  dueAt: string | undefined;
  request: JsonObject;
  warnings: Json;
} {
  if (outcome?.kind !== "waiting") throw new Error(`waits, not ${JSON.stringify(outcome)}`);
  const { dueAt, request } = outcome.waitpoint;
  return { dueAt: local(dueAt), request, warnings: outcome.warnings ?? [] };
}

const approvalOf = (fields: JsonObject, more: TestWorld = world) => ({
  ...stepContext(approvalDefinition, fields, more).context,
  now: friday,
});
const asked = async (fields: JsonObject, more: TestWorld = world) =>
  waitpointOf(await executeApproval.execute(approvalOf(fields, more)));

it("row 33 four working hours asked on Friday at 16:00 in Berlin are over on Monday at 12:00, on Tuesday where Monday is a holiday", async () => {
  const fields = { timeoutHours: 4, calendar: "office" };
  expect(await asked(fields)).toMatchObject({
    dueAt: "2026-12-07T12:00",
    request: { calendar: { slug: "office", name: "Office hours", zone: "Europe/Berlin" } },
    warnings: [],
  });
  const closed = { ...office, holidays: [{ date: "2026-12-07", name: "Founding day" }] };
  expect(await asked(fields, { ...world, calendars: [closed] })).toMatchObject({ dueAt: "2026-12-08T12:00" });
  expect(await asked({ timeoutHours: 4 })).toMatchObject({ dueAt: "2026-12-04T20:00" });
});

it("row 33 `team` is the calendar of the team that is asked, and the organization's where it has none", async () => {
  const fields = { timeoutHours: 2, calendar: "team" };
  expect(await asked({ ...fields, assignTo: "team:n" })).toMatchObject({
    dueAt: "2026-12-04T22:00",
    request: { calendar: { slug: "night" } },
  });
  expect(await asked({ ...fields, assignTo: "role:boss" })).toMatchObject({
    dueAt: "2026-12-07T10:00",
    request: { calendar: { slug: "office" } },
    warnings: [],
  });
});

test.each<[string, KnownCalendar[], string, string]>([
  ["gone", [office], "2026-12-07T12:00", 'There is no calendar "gone" any more, so the time counts by “Office hours”'],
  ["gone", [], "2026-12-04T20:00", 'There is no calendar "gone" any more, so every hour counts'],
  ["team", [night], "2026-12-04T20:00", "has working hours, so every hour counts"],
])("where there is no calendar for %j the step says what counts instead", async (calendar, calendars, dueAt, words) => {
  const made = await asked({ timeoutHours: 4, calendar }, { ...world, calendars });
  expect(made).toMatchObject({ dueAt, warnings: [expect.stringContaining(words)] });
});

it("row 33 reminders count working time: shares of it, and so long before the end", async () => {
  const { request } = await asked({ timeout: "P2D", calendar: "office", remindAt: ["50%", "PT4H", "P1D"] });
  // Due on Tuesday at 16:00: 16 working hours, of which one is left on Friday.
  expect(request["remindAt"]).toEqual(
    ["2026-12-07T16:00", "2026-12-08T12:00"].map((time) => new Date(Date.parse(`${time}Z`) - hour).toISOString()),
  );
});

it("row 33 those whom it is escalated to have as many working hours, by the hours of whoever is asked then", async () => {
  const fields = {
    timeoutHours: 2,
    calendar: "team",
    onTimeout: "escalate",
    assignTo: "role:boss",
    escalateTo: "team:n",
    remindAt: ["50%"],
  };
  const late = { ...due, at: Date.UTC(2026, 11, 7, 9) };
  const before = { headline: "x", remindAt: ["x"], calendar: { slug: "office" } };
  const again = waitpointOf(await executeApproval.resolve?.(approvalOf(fields), late, before));
  expect(again).toMatchObject({
    dueAt: "2026-12-07T22:00",
    request: { escalated: true, calendar: { slug: "night" }, remindAt: ["2026-12-07T20:00:00.000Z"] },
  });
});

it("row 33 forms, handovers and waits count by it too", async () => {
  const fields = { timeoutHours: 4, calendar: "office" };
  const schema = { type: "object", properties: {} };
  const form = stepContext(collectFormDefinition, { ...fields, schema, assignTo: "role:boss" }, world).context;
  const handoff = stepContext(humanHandoffDefinition, fields, world).context;
  const kept = { calendar: { slug: "office" } };
  for (const outcome of [
    await executeCollectForm.execute({ ...form, now: friday }),
    await executeHumanHandoff.execute({ ...handoff, now: friday }),
  ])
    expect(waitpointOf(outcome)).toMatchObject({ dueAt: "2026-12-07T12:00", request: kept });
  const wait = async (more: JsonObject) =>
    waitpointOf(
      await executeWait.execute({
        ...stepContext(waitDefinition, { calendar: "office", ...more }, world).context,
        now: friday,
      }),
    );
  expect(await wait({ duration: "P3D" })).toMatchObject({ dueAt: "2026-12-09T16:00", request: kept });
  expect(await wait({ callback: true, timeout: "PT4H" })).toMatchObject({ dueAt: "2026-12-07T12:00", request: kept });
});

it("more working time than ten years hold fails the step with a sentence", async () => {
  expect(await executeApproval.execute(approvalOf({ timeoutHours: 80_000, calendar: "office" }))).toMatchObject({
    kind: "failed",
    error: { code: "bad_duration", message: expect.stringContaining("more than ten years") as string },
  });
});

test.each([
  [{ calendar: "office" }, approvalDefinition],
  [{ calendar: "office" }, humanHandoffDefinition],
  [{ calendar: "office", until: "2027-01-01T00:00:00Z" }, waitDefinition],
])("%j without a time that could count is refused when it is published", (fields, definition) => {
  const config = definition.config.parse(fields) as never;
  const node = { id: "ask", type: definition.type };
  const found =
    definition.lint?.(config, node, { connected: new Set(["rejected"]), inBody: false, mayTalk: true }) ?? [];
  expect(found.filter(({ path }) => path === "calendar")).toMatchObject([{ severity: "error" }]);
});
