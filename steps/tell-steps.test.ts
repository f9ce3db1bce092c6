import { describe, expect, test } from "vitest";
import type { JsonObject } from "@/core/json";
import { stepDefinitions } from "./definitions";
import { stepExecutors } from "./executors";
import { stepContext, type TestWorld } from "./step-context.testkit";
import { executeWebhookEmit } from "./webhook_emit/execute";
import { webhookEmitDefinition } from "./webhook_emit/definition";

const jane = { "jane@acme.com": { email: ["jane@acme.com"], whatsapp: ["+15550100"] } };
const notify = (fields: JsonObject, world: TestWorld = {}) =>
  stepExecutors.notify.execute(
    stepContext(
      stepDefinitions.notify,
      { to: "${trigger.email}", message: "Done: ${step.preview.output.display}.", ...fields },
      {
        trigger: { email: "jane@acme.com" },
        outputs: { preview: { display: "$42.60 prorated" } },
        addresses: jane,
        ...world,
      },
    ).context,
  );

describe("notify", () => {
  test('F-20 F-25 one delivery per channel at its own address, "WhatsApp + Email"', async () => {
    expect(await notify({ channels: ["whatsapp", "email"], subject: "You are on Enterprise" })).toEqual({
      kind: "completed",
      output: { sent: ["whatsapp", "email"], withoutAddress: [] },
      summary: "WhatsApp + Email",
      outbox: [
        {
          kind: "message",
          channel: "whatsapp",
          address: "+15550100",
          to: "jane@acme.com",
          subject: "You are on Enterprise",
          body: "Done: $42.60 prorated.",
        },
        {
          kind: "message",
          channel: "email",
          address: "jane@acme.com",
          to: "jane@acme.com",
          subject: "You are on Enterprise",
          body: "Done: $42.60 prorated.",
        },
      ],
    });
  });

  test("F-33 a conversation is a channel of its own", async () => {
    expect(await notify({ channels: ["conversation", "email"] }, { conversationId: "cnv-1" })).toMatchObject({
      summary: "Conversation + Email",
      outbox: [
        { kind: "conversation_message", conversationId: "cnv-1", body: "Done: $42.60 prorated." },
        { kind: "message", channel: "email" },
      ],
    });
  });

  test("a channel without an address is warned about; none at all fails", async () => {
    expect(await notify({ channels: ["sms", "email", "conversation"] })).toMatchObject({
      kind: "completed",
      summary: "Email",
      output: { sent: ["email"], withoutAddress: ["sms", "conversation"] },
      warnings: ["No address for SMS + Conversation, so nothing was sent there."],
    });
    expect(await notify({ channels: ["sms", "telegram"] })).toMatchObject({
      kind: "failed",
      error: { code: "no_address", retryable: false, message: expect.stringContaining("SMS + Telegram") as unknown },
    });
    expect(await notify({ channels: ["email"], to: "${input.nobody}" })).toMatchObject({
      kind: "failed",
      error: { code: "no_address" },
    });
  });

  test("several recipients and shared addresses: everybody once", async () => {
    const outcome = await notify(
      { channels: ["email", "email"], to: ["role:manager", "user:1", "role:manager"] },
      {
        addresses: {
          "role:manager": { email: ["kim@acme.com", "lee@acme.com"] },
          "user:1": { email: ["kim@acme.com"] },
        },
      },
    );
    expect(outcome).toMatchObject({ outbox: [{ address: "kim@acme.com" }, { address: "lee@acme.com" }] });
    expect(outcome).not.toHaveProperty("outbox.0.subject");
  });
});

describe("webhook_emit", () => {
  test("K-28 hands the event over with the step", () => {
    const { context } = stepContext(
      webhookEmitDefinition,
      {
        event: "kyc.completed",
        payload: { customerId: "${trigger.customerId}", kycLevel: "${step.kyc.output.customer.kycLevel}" },
      },
      { trigger: { customerId: "c-1" }, outputs: { kyc: { customer: { kycLevel: 2 } } } },
    );
    expect(executeWebhookEmit.execute(context)).toEqual({
      kind: "completed",
      output: { event: "kyc.completed", payload: { customerId: "c-1", kycLevel: 2 } },
      summary: "kyc.completed",
      outbox: [{ kind: "webhook_event", event: "kyc.completed", payload: { customerId: "c-1", kycLevel: 2 } }],
    });
  });

  test("an event without a payload or with an empty name", () => {
    expect(executeWebhookEmit.execute(stepContext(webhookEmitDefinition, { event: "a" }).context)).toMatchObject({
      outbox: [{ payload: {} }],
    });
    expect(
      executeWebhookEmit.execute(stepContext(webhookEmitDefinition, { event: "${input.none}" }).context),
    ).toMatchObject({ kind: "failed", error: { code: "empty_event" } });
  });

  // Subscribers cannot tell an event of that name from what the product says, for both are signed alike.
  const forged = [
    "run.completed",
    "RUN.failed",
    "run.anything",
    "approval.undecidable",
    "form.decidable",
    "webhook.test",
  ];

  test.each(["a b", "x.", "..", "x".repeat(201), ...forged])("no event is emitted under the name %j", (event) => {
    const rendered = stepContext(webhookEmitDefinition, { event: "${trigger.event}" }, { trigger: { event } });
    expect(executeWebhookEmit.execute(rendered.context)).toMatchObject({
      kind: "failed",
      error: { code: "invalid_event", retryable: false },
    });
    if (event.length > 200) return;
    expect(emitProblems(event)).toMatchObject([{ code: "invalid_config", severity: "error", path: "event" }]);
  });

  test.each(["kyc.completed", "form.submitted", "runner.started", "${trigger.event}"])(
    "a name that may be emitted: %s",
    (event) => {
      expect(emitProblems(event)).toEqual([]);
    },
  );
});

const emitProblems = (event: string) => {
  const node = { id: "emit", type: "webhook_emit", event };
  return webhookEmitDefinition.lint?.({ event }, node, { connected: new Set(), inBody: false, mayTalk: true });
};
