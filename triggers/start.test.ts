import { describe, expect, it } from "vitest";
import type { Trigger } from "@/core/workflow/document";
import { startOfEvent } from "./event/start";
import { startOfSubmission } from "./form/start";
import { startOfTick } from "./schedule/start";
import { startOfCall } from "./webhook/start";

const now = Date.UTC(2026, 10, 21, 9);

describe("what arrived becomes the start of a run", () => {
  it("a tick gives nothing by itself, and what templates make of it; it starts one run", () => {
    const daily: Trigger = { id: "daily", type: "schedule", cron: "0 9 * * *", label: "Due ${trigger.scheduledAt}" };
    const tick = { scheduledAt: "2026-11-21T09:00:00.000Z", lastAt: null };
    const keys = { triggerType: "schedule", triggerId: "daily", startKey: `schedule:daily:${tick.scheduledAt}` };
    const label = `Due ${tick.scheduledAt}`;
    expect(startOfTick(daily, tick, now)).toEqual({ ok: true, start: { input: {}, label, ...keys } });
    const mapped = { ...daily, input: { zone: "${trigger.timezone}" } };
    expect(startOfTick(mapped, tick, now)).toEqual({ ok: true, start: { input: { zone: "UTC" }, label, ...keys } });
  });

  it("a call gives its body, or what templates make of body and request", () => {
    const hook: Trigger = { id: "hook", type: "webhook", input: { topic: "${request.headers.x_topic}" } };
    const call = { body: [1], request: { method: "POST", headers: { "x-topic": "paid" }, query: {} } };
    expect(startOfCall(hook, call, now)).toEqual({
      ok: true,
      start: { input: { topic: "paid" }, triggerType: "webhook", triggerId: "hook" },
    });
    expect(startOfCall({ id: "hook", type: "webhook" }, call, now)).toMatchObject({
      ok: false,
      message: expect.stringContaining("not a JSON object") as string,
    });
  });

  it("an event starts one run, whichever type of trigger listens to it; so does a submission of a form", () => {
    const arrived = { text: "Hello" };
    expect(startOfEvent({ id: "talk", type: "conversation" }, { id: "e1", arrived }, now)).toEqual({
      ok: true,
      start: { input: arrived, triggerType: "conversation", triggerId: "talk", startKey: "event:e1" },
    });
    expect(startOfSubmission({ id: "form", type: "form" }, { answers: arrived, submissionId: "s1" }, now)).toEqual({
      ok: true,
      start: { input: arrived, triggerType: "form", triggerId: "form", startKey: "form:form:s1" },
    });
  });
});
