import { afterAll, beforeAll, expect, it } from "vitest";
import { byWeekday } from "@/core/schedule/calendar";
import { addWorkingTime, workingTimeBetween } from "@/core/schedule/working-time";
import { answerQuestion, askBack, getApproval } from "@/server/modules/approvals/service";
import { createRunsScene, type RunsScene } from "@/server/modules/runs/runs.testkit";
import { removeCalendar, setCalendar } from "./service";

const hour = 3_600_000;
/** An hour each morning and each evening: whatever the time is, most of a day does not count. */
const shifts = {
  slug: "shifts",
  name: "Two shifts",
  zone: "Asia/Kathmandu",
  hours: byWeekday(() => [
    { from: "06:00", to: "07:00" },
    { from: "18:00", to: "19:00" },
  ]),
  holidays: [],
  is_default: false,
};

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
  await setCalendar(owner(), shifts);
  await scene.publish("count", {
    startNodeId: "ask",
    nodes: [
      {
        id: "ask",
        type: "approval",
        assignTo: "role:approver",
        timeoutHours: 4,
        calendar: "shifts",
        remindAt: ["50%"],
      },
    ],
    edges: [],
  });
});
afterAll(() => scene.close());

const owner = () => scene.north.members.owner.actor;
const asked = async () => {
  const { approvals } = await scene.reached(await scene.start("count", {}), "waiting_approval");
  return { id: String(approvals[0].id), approval: approvals[0] };
};

it("row 33 an approval falls due after so many working hours, and says by which calendar", async () => {
  const { approval } = await asked();
  expect(approval).toMatchObject({ counts_by: { name: "Two shifts", zone: "Asia/Kathmandu" } });
  const [from, until] = [Date.parse(approval.created_at), Date.parse(approval.due_at)];
  expect(Math.abs(workingTimeBetween(shifts, from, until) - 4 * hour)).toBeLessThan(10_000);
});

it("row 33 a calendar that a live workflow counts by stays; changed, it moves no deadline that stands", async () => {
  const { id, approval } = await asked();
  await expect(removeCalendar(owner(), "shifts")).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("counts by this calendar") as string,
  });
  await setCalendar(owner(), { ...shifts, zone: "UTC", name: "Other shifts" });
  expect(await getApproval(owner(), id)).toMatchObject({
    dueAt: approval.due_at,
    countsBy: { name: "Two shifts", zone: "Asia/Kathmandu" },
  });
  await setCalendar(owner(), shifts);
});

it("row 33 asked back, it gets the working hours back that were left, and so do its reminders", async () => {
  const { id } = await asked();
  const { approver } = scene.north.members;
  await askBack(approver.actor, id, "Why?");
  const query = async <T extends object>(text: string) => (await scene.database.pool.query<T>(text, [id])).rows;
  await query(
    `update waitpoints set question_at = question_at - interval '30 hours', question_due = question_due - interval '30 hours',
       questions = jsonb_set(questions, '{0,at}', to_jsonb(iso_text(question_at - interval '30 hours'))) where id = $1`,
  );
  const [open] = await query<{ at: Date; due: Date }>(
    "select question_at as at, question_due as due from waitpoints where id = $1",
  );
  if (!open) throw new Error("asked");
  const left = workingTimeBetween(shifts, open.at.getTime(), open.due.getTime());
  const before = Date.now();
  const { dueAt } = await answerQuestion(owner(), id, "So");
  const wanted = [before, Date.now()].map((time) => addWorkingTime(shifts, time, left) ?? 0);
  expect(Date.parse(dueAt ?? "")).toBeGreaterThanOrEqual((wanted[0] ?? 0) - 1);
  expect(Date.parse(dueAt ?? "")).toBeLessThanOrEqual((wanted[1] ?? 0) + 1);
  const [reminder] = await query<{ due: Date }>(
    `select due_at as due from event_outbox where data->>'waitpointId' = $1 and data->>'reason' = 'reminder'`,
  );
  const halfway = workingTimeBetween(shifts, Date.now(), reminder?.due.getTime() ?? 0);
  expect(halfway).toBeGreaterThan(0);
});
