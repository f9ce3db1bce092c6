import { describe, expect, it } from "vitest";
import { evaluateExpression } from "@/core/expression/evaluate";
import { buildScope } from "@/core/expression/scope";
import { validateAgainstSchema } from "@/core/schema/validate-input";
import { englishToCron } from "@/core/schedule/plain-english";
import { schedulePresets } from "@/core/schedule/presets";
import { triggerMenu, triggerSentence as sentenceOf } from "@/core/workflow/trigger-lookup";
import { triggerTitle } from "@/core/workflow/trigger-title";
import { triggerSchema } from "@/core/workflow/triggers";
import type { Trigger } from "@/core/workflow/document";
import { apiCurl } from "@/triggers/api/curl";
import { findTrigger, triggerDefinitions } from "@/triggers/definitions";
import { knownEvents } from "@/triggers/known-events";
import { sampleInput } from "@/triggers/sample-input";
import { tickWords } from "@/triggers/schedule/tick-words";
import { webhookCurl } from "@/triggers/webhook/curl";
import { mappedText, readMapped } from "./mapped-value";
import { newTriggerId } from "./new-trigger-id";

const menu = triggerMenu(triggerDefinitions);
const triggerSentence = (trigger: Trigger) => sentenceOf(trigger, triggerDefinitions);
const draftTimes = (trigger: Trigger, now: number, count: number) =>
  findTrigger(trigger.type)?.nextTimes?.(trigger, now, count);

describe("M-11 triggers", () => {
  it("several can be added, each under an id of its own, and each is a trigger as it is made", () => {
    expect(menu.map(({ title }) => title)).toEqual(["Schedule", "Webhook", "Event", "Intake form", "Manual", "API"]);
    expect(newTriggerId("schedule", [])).toBe("schedule");
    expect(
      newTriggerId("schedule", [
        { id: "schedule", type: "schedule" },
        { id: "schedule_2", type: "webhook" },
      ]),
    ).toBe("schedule_3");
    for (const { type, starter } of menu)
      expect(triggerSchema(triggerDefinitions).safeParse({ ...starter, id: type, type }).success).toBe(true);
    expect(findTrigger("conversation")?.title).toBe("Conversation");
  });
});

it("M-11 no two cards have the same title: label, sender and name tell triggers apart", () => {
  const triggers = [
    { id: "webhook", type: "webhook" },
    { id: "webhook_2", type: "webhook" },
    { id: "webhook_3", type: "webhook", signature: "stripe" },
    { id: "orders", type: "webhook", deliveryId: "shopify" },
    { id: "returns", type: "webhook" },
    { id: "a", type: "webhook", label: "Shop" },
    { id: "b", type: "webhook", label: "Shop" },
    { id: "form", type: "form" },
  ] as const;
  expect(triggers.map((trigger) => triggerTitle(trigger, triggers, triggerDefinitions))).toEqual([
    "Webhook",
    "Webhook 2",
    "Stripe webhook 3",
    "Shopify webhook · orders",
    "Webhook · returns",
    "Shop · a",
    "Shop · b",
    "Intake form",
  ]);
});

describe("M-12 M-13 M-14 a schedule in words", () => {
  const now = Date.UTC(2026, 10, 21, 11);
  it("says when, in which zone, and the next five times there", () => {
    const trigger = { id: "s", type: "schedule" as const, cron: "0 9 * * 1-5", timezone: "Asia/Jakarta" };
    expect(triggerSentence(trigger)).toBe("Every weekday at 09:00, Asia/Jakarta.");
    const times = draftTimes(trigger, now, 5);
    expect(times?.map((at) => tickWords(at, "Asia/Jakarta"))[0]).toBe("Mon, 23 Nov 2026, 09:00");
    expect(times).toHaveLength(5);
  });

  it("plain English gives the cron that the sentence says back", () => {
    const cron = englishToCron("every weekday at 9am");
    expect(triggerSentence({ id: "s", type: "schedule", cron: cron ?? "" })).toBe("Every weekday at 09:00, UTC.");
  });

  it.each(schedulePresets.map(({ label, cron }) => [label, cron] as const))(
    "%s has words and times",
    (_label, cron) => {
      const trigger = { id: "s", type: "schedule" as const, cron };
      expect(triggerSentence(trigger)).toMatch(/^(Every|On) .*, UTC\.$/);
      expect(draftTimes(trigger, now, 5)).toHaveLength(5);
    },
  );

  it("one that is not right yet says so instead of failing", () => {
    const trigger = { id: "s", type: "schedule" as const, cron: "0 99 * * *" };
    expect(triggerSentence(trigger)).toBe("The schedule does not say when yet.");
    expect(draftTimes(trigger, now, 5)).toEqual([]);
  });
});

it("M-15 an event is said in words, with whether a filter chooses among them", () => {
  expect(triggerSentence({ id: "e", type: "event", event: "customer.created" })).toBe(
    "When a new customer is added (customer.created).",
  );
  expect(triggerSentence({ id: "e", type: "event", event: "order.paid", filter: "true" })).toBe(
    "When the event order.paid arrives, and its filter is true.",
  );
  expect(knownEvents.map(({ name }) => name)).toEqual([
    "contact.created",
    "customer.created",
    "conversation.opened",
    "conversation.message",
    "product.stock_depleted",
  ]);
});

describe("M-16 M-18 samples", () => {
  const schema = {
    type: "object",
    required: ["email", "plan", "seats", "rush"],
    properties: {
      email: { type: "string", format: "email" },
      plan: { type: "string", enum: ["pro", "team"] },
      seats: { type: ["integer", "null"] },
      rush: { type: "boolean" },
      note: { type: "string", default: "It's urgent" },
      address: { type: "object", properties: { city: { type: "string" } } },
    },
  };
  it("fit the input schema", () => {
    expect(validateAgainstSchema(schema, sampleInput(schema))).toEqual([]);
    expect(sampleInput(undefined)).toEqual({});
  });

  it("can be pasted into a shell, quotes in values included", () => {
    const text = webhookCurl("https://example.com/api/hooks/abc", true, { note: "It's urgent" });
    expect(text).toContain("-H 'X-Webhook-Secret: YOUR_SECRET'");
    expect(text).toContain(String.raw`-d '{"note":"It'\''s urgent"}'`);
    expect(apiCurl("https://example.com", "stock", {})).toContain("https://example.com/api/workflows/stock/executions");
  });
});

describe("mapping the input", () => {
  it("keeps templates and texts as they are, and reads JSON only where the field is no text", () => {
    expect(readMapped("${trigger.days}", { type: "integer" })).toBe("${trigger.days}");
    expect(readMapped("3", { type: "integer" })).toBe(3);
    expect(readMapped("3", { type: "string" })).toBe("3");
    expect(readMapped("true", { type: ["boolean", "null"] })).toBe(true);
    expect(readMapped("", { type: "string" })).toBeUndefined();
    expect([mappedText(3), mappedText("3"), mappedText(undefined), mappedText({ a: 1 })]).toEqual([
      "3",
      "3",
      "",
      '{"a":1}',
    ]);
  });

  it("the placeholder filter is an expression that works", () => {
    const trigger = { plan: "pro" };
    const rest = { vars: {}, run: {}, contact: null, conversation: null, step: {}, now: 0 };
    expect(evaluateExpression("trigger.plan == 'pro'", buildScope({ trigger, input: trigger, ...rest }))).toEqual({
      ok: true,
      value: true,
    });
  });
});
