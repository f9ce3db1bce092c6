import { describe, expect, it, test } from "vitest";
import { approvalConfig } from "./approval/config";
import { approvalDefinition } from "./approval/definition";
import { executeApproval } from "./approval/execute";
import { reminderProblems, reminderTimes } from "./approval/reminders";
import { stepContext, testNow } from "./step-context.testkit";
import { due, hour } from "./waiting-steps.testkit";

const iso = (hours: number): string => new Date(testNow + hours * hour).toISOString();
const times = (remindAt: string[]): string[] =>
  reminderTimes(remindAt, { from: testNow, dueAt: testNow + 24 * hour, calendar: null });

describe("A17 when people are reminded of an approval", () => {
  it("counts shares from the asking and durations from the end, earliest first, each once", () => {
    expect(times(["PT4H", "50%", "80 %", "PT12H"])).toEqual([iso(12), iso(19.2), iso(20)]);
    expect(times(["100%", "12.5%"])).toEqual([iso(3), iso(24)]);
  });

  it("leaves out what lies before the asking, and everything where there is no deadline", () => {
    expect(times(["P2D", "0%", "P1M"])).toEqual([]);
    expect(reminderTimes(["50%"], { from: testNow, dueAt: undefined, calendar: null })).toEqual([]);
  });

  test.each([
    [{ remindAt: ["50%"] }, "remindAt", "there is none"],
    [{ remindAt: ["101%"], timeoutHours: 1 }, "remindAt[0]", "no part of the time"],
    [{ remindAt: ["0%"], timeoutHours: 1 }, "remindAt[0]", "no part of the time"],
    [{ remindAt: ["50%", "soon"], timeoutHours: 1 }, "remindAt[1]", "says no time"],
    [{ remindAt: ["-PT1H"], timeoutHours: 1 }, "remindAt[0]", "says no time"],
    [{ remindAt: ["PT4H"], timeoutHours: 2 }, "remindAt[0]", "before anybody is asked"],
    [{ remindAt: ["P3D"], timeout: "P2D" }, "remindAt[0]", "before anybody is asked"],
    [{ remindAt: ["1%", "2%", "3%", "4%", "5%", "6%"], timeoutHours: 1 }, "remindAt", "at most 5 times"],
  ])("%o is refused when it is published", (fields, path, words) => {
    expect(reminderProblems(approvalConfig.parse(fields))).toEqual([
      { code: "invalid_config", severity: "error", path, message: expect.stringContaining(words) as string },
    ]);
  });

  test.each([
    [{}],
    [{ remindAt: [] }],
    [{ remindAt: ["1%", "50%", "80.5%", "100%", "PT4H"], timeoutHours: 24 }],
    [{ remindAt: ["P1D"], timeout: "P1M" }],
    [{ remindAt: ["P9D"], timeout: "${input.within}" }],
  ])("%o is taken", (fields) => {
    expect(reminderProblems(approvalConfig.parse(fields))).toEqual([]);
  });

  const fields = { timeoutHours: 2, remindAt: ["50%"], onTimeout: "escalate", escalateTo: ["role:boss"] };
  const { context } = stepContext(approvalDefinition, fields, { known: ["role:operator", "role:boss"] });

  it("keeps the times with what is asked", async () => {
    expect(await executeApproval.execute(context)).toMatchObject({
      waitpoint: { dueAt: testNow + 2 * hour, request: { remindAt: [iso(1)] } },
    });
  });

  it("counts anew for those whom it is escalated to", async () => {
    expect(await executeApproval.resolve?.(context, due, { remindAt: [iso(1)], headline: "x" })).toMatchObject({
      waitpoint: { dueAt: testNow + 3 * hour, request: { escalated: true, headline: "x", remindAt: [iso(2)] } },
    });
  });
});
