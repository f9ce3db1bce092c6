import { describe, expect, test } from "vitest";
import type { JsonObject } from "@/core/json";
import type { WaitpointResolution } from "@/core/ports";
import { executeApproval } from "./approval/execute";
import { approvalDefinition } from "./approval/definition";
import { executeCollectForm } from "./collect_form/execute";
import { collectFormDefinition } from "./collect_form/definition";
import { executeHumanHandoff } from "./human_handoff/execute";
import { humanHandoffDefinition } from "./human_handoff/definition";
import { stepContext, testNow, type TestWorld } from "./step-context.testkit";
import { executeWait } from "./wait/execute";
import { waitDefinition } from "./wait/definition";

const hour = 3_600_000;
const decidedAt = "2026-11-21T08:00:00.000Z";
const resolved = (outcome: string, data: JsonObject = {}): WaitpointResolution => ({
  outcome,
  at: testNow + hour,
  data,
  by: { id: "u1", name: "Kim Ito", email: "kim@acme.com" },
});
const due: WaitpointResolution = { outcome: "due", at: testNow + hour, data: {} };

describe("approval", () => {
  const upgrade: JsonObject = {
    actionLabel: "subscription.upgrade",
    assignTo: "role:manager",
    context: {
      headline: "Upgrade ${trigger.email} to Enterprise",
      fields: [
        { label: "Customer", value: "${trigger.email}" },
        { label: "Plan Change", value: "${step.preview.output.from} → ${step.preview.output.to}" },
        { label: "Amount", value: "${step.preview.output.amount}" },
        "step.preview.output.nextPlan",
        "input.nothing",
      ],
      conversation: true,
    },
    policy: { requesterCannotApprove: true, commentRequiredOn: ["rejected"], editable: ["input.amount"] },
    bindFields: ["step.preview.output.amount"],
    timeoutHours: 24,
    onTimeout: "reject",
  };
  const world: TestWorld = {
    trigger: { email: "jane@acme.com" },
    outputs: { preview: { from: "Pro", to: "Enterprise", amount: 42.6, nextPlan: "enterprise" } },
    known: ["role:manager", "role:operator"],
  };
  const ask = (fields: JsonObject, more: TestWorld = {}) =>
    executeApproval.execute(stepContext(approvalDefinition, fields, { ...world, ...more }).context);
  const answer = (
    resolution: WaitpointResolution,
    fields: JsonObject = {},
    request: JsonObject = {},
    more: TestWorld = {},
  ) =>
    executeApproval.resolve?.(
      stepContext(approvalDefinition, fields, { ...world, ...more }).context,
      resolution,
      request,
    );

  test("F-37 F-41 asks with everything the approver must see", async () => {
    expect(await ask(upgrade)).toEqual({
      kind: "waiting",
      waitpoint: {
        kind: "approval",
        assignees: ["role:manager"],
        dueAt: testNow + 24 * hour,
        request: {
          actionLabel: "subscription.upgrade",
          headline: "Upgrade jane@acme.com to Enterprise",
          fields: [
            { label: "Customer", value: "jane@acme.com" },
            { label: "Plan Change", value: "Pro → Enterprise" },
            { label: "Amount", value: "42.6" },
            { label: "Next plan", value: "enterprise" },
            { label: "Nothing", value: "" },
          ],
          conversation: true,
          bound: [{ path: "step.preview.output.amount", value: 42.6 }],
          policy: { requesterCannotApprove: true, commentRequiredOn: ["rejected"], editable: ["input.amount"] },
          onTimeout: "reject",
        },
      },
      warnings: [],
    });
  });

  test("K-30 defaults: the operator is asked, without limit, under the step's name", async () => {
    const outcome = await ask({});
    expect(outcome).toMatchObject({
      waitpoint: {
        assignees: ["role:operator"],
        request: {
          actionLabel: "The step",
          headline: "The step",
          fields: [],
          bound: [],
          conversation: false,
          onTimeout: null,
          policy: { requesterCannotApprove: false, commentRequiredOn: [], editable: [] },
        },
      },
      warnings: [],
    });
    expect(outcome).not.toHaveProperty("waitpoint.dueAt");
  });

  test("an unknown assignee stays and is warned about; an empty one falls back", async () => {
    expect(await ask({ assignTo: ["role:manager", "role:ghost", "role:manager"] })).toMatchObject({
      waitpoint: { assignees: ["role:manager", "role:ghost"] },
      warnings: [expect.stringContaining("role:ghost")],
    });
    expect(await ask({ assignTo: "${input.none}" })).toMatchObject({
      waitpoint: { assignees: ["role:operator"] },
      warnings: [expect.stringContaining("role:operator was asked")],
    });
    expect(
      await ask({ assignTo: "${input.list}" }, { trigger: { list: ["role:manager", "role:operator"] } }),
    ).toMatchObject({ waitpoint: { assignees: ["role:manager", "role:operator"] } });
  });

  test("bad durations and bound values that are missing fail before anybody is asked", async () => {
    expect(await ask({ timeout: "${input.t}" }, { trigger: { t: "a while" } })).toMatchObject({
      kind: "failed",
      error: { code: "bad_duration" },
    });
    expect(await ask({ timeout: "PT90M" })).toMatchObject({ waitpoint: { dueAt: testNow + 1.5 * hour } });
    expect(await ask({ bindFields: ["step.preview.output.gone"] })).toMatchObject({
      kind: "failed",
      error: { retryable: false },
    });
  });

  test("F-36 approved: output, handle, and who it was", async () => {
    expect(
      await answer(
        resolved("approved", { comment: "fine", messageToRequester: "Welcome", edits: { "input.amount": 5 } }),
      ),
    ).toEqual({
      kind: "completed",
      handle: "approved",
      summary: "Approved by Kim Ito",
      output: {
        decision: "approved",
        decidedBy: { id: "u1", name: "Kim Ito", email: "kim@acme.com" },
        onBehalfOf: null,
        comment: "fine",
        messageToRequester: "Welcome",
        decidedAt,
        edits: { "input.amount": 5 },
      },
    });
  });

  test("F-40 A-17 rejected: takes its path, or fails the run with approval_rejected", async () => {
    expect(await answer(resolved("rejected"))).toMatchObject({
      kind: "completed",
      handle: "rejected",
      summary: "Rejected by Kim Ito",
      output: { decision: "rejected", comment: null, messageToRequester: null },
      failUnconnected: { reason: "approval_rejected", error: { code: "approval_rejected", retryable: false } },
    });
    expect(await answer(resolved("rejected"), { onReject: "fail" })).toMatchObject({
      kind: "failed",
      reason: "approval_rejected",
    });
  });

  test.each<[string | undefined, object]>([
    [
      "approve",
      { kind: "completed", handle: "approved", output: { decision: "approved", decidedBy: { id: "timeout" } } },
    ],
    [
      "reject",
      {
        kind: "completed",
        handle: "rejected",
        output: { decision: "rejected" },
        failUnconnected: { reason: "approval_rejected" },
      },
    ],
    ["fail", { kind: "failed", reason: "approval_timed_out" }],
    [
      undefined,
      {
        kind: "completed",
        handle: "timed_out",
        output: { decision: "timed_out", decidedBy: null, decidedAt },
        failUnconnected: { reason: "approval_timed_out" },
      },
    ],
  ])("F-39 nobody decides in time, onTimeout %s", async (onTimeout, expected) => {
    expect(await answer(due, { timeoutHours: 1, ...(onTimeout === undefined ? {} : { onTimeout }) })).toMatchObject(
      expected,
    );
  });

  test("escalates once, with the question as it was and as much time again, then times out", async () => {
    const fields = {
      timeoutHours: 2,
      onTimeout: "escalate",
      escalateTo: ["role:boss"],
      context: { headline: "Now ${trigger.email}" },
    };
    const asked = { headline: "As it was asked", bound: [{ path: "x", value: 1 }] };
    const known = { known: ["role:boss"] };
    expect(await answer(due, fields, asked, known)).toEqual({
      kind: "waiting",
      waitpoint: {
        kind: "approval",
        assignees: ["role:boss"],
        request: { ...asked, escalated: true },
        dueAt: testNow + 3 * hour,
      },
      warnings: [],
    });
    expect(await answer(due, fields, { ...asked, escalated: true }, known)).toMatchObject({
      kind: "completed",
      handle: "timed_out",
      failUnconnected: { reason: "approval_timed_out" },
    });
  });
});

describe("wait", () => {
  const wait = (fields: JsonObject, trigger: JsonObject = {}) =>
    executeWait.execute(stepContext(waitDefinition, fields, { trigger }).context);

  test.each([
    ["PT5M", 300_000],
    ["PT1S", 1000],
    ["P3D", 72 * hour],
    ["P1W", 168 * hour],
    ["PT0.5S", 500],
  ])("K-25 duration %s", (duration, ms) => {
    expect(wait({ duration })).toEqual({
      kind: "waiting",
      waitpoint: { kind: "timer", request: { until: new Date(testNow + ms).toISOString() }, dueAt: testNow + ms },
    });
  });

  test.each([
    ["2026-11-21T09:00:00Z", 2 * hour],
    ["2026-11-21T09:00:00", 2 * hour],
    ["2026-11-21T14:45:00+05:45", 2 * hour],
    ["2026-11-22", 17 * hour],
    [testNow + 5000, 5000],
    [(testNow + 5000) / 1000, 5000],
  ])("K-26 until %s", (at, ms) => {
    expect(wait({ until: "${trigger.scheduledAt}" }, { scheduledAt: at })).toMatchObject({
      waitpoint: { kind: "timer", dueAt: testNow + ms },
    });
  });

  test("a time that is over, and no time at all, do not wait", () => {
    expect(wait({ until: "2020-01-01T00:00:00Z" })).toEqual({
      kind: "completed",
      output: { until: "2020-01-01T00:00:00.000Z" },
      handle: "done",
    });
    expect(wait({ duration: "PT0S" })).toMatchObject({ kind: "completed", handle: "done" });
  });

  test.each<[JsonObject, string]>([
    [{ duration: "${input.d}" }, "bad_duration"],
    [{ duration: "-PT5M" }, "bad_duration"],
    [{ duration: "P9999D" }, "bad_duration"],
    [{ until: "${input.d}" }, "bad_time"],
    [{ until: "tomorrow" }, "bad_time"],
    [{ until: "2999-01-01" }, "bad_time"],
    [{}, "invalid_config"],
  ])("%j fails with %s", (fields, code) => {
    expect(wait(fields)).toMatchObject({ kind: "failed", error: { code, retryable: false } });
  });

  test("a callback waits for a call and takes its JSON, whatever it is", () => {
    expect(wait({ callback: true, timeout: "PT1H" })).toEqual({
      kind: "waiting",
      waitpoint: { kind: "callback", request: {}, dueAt: testNow + hour },
    });
    const { context } = stepContext(waitDefinition, { callback: true });
    for (const body of [{ a: 1 }, [1], "text", null])
      expect(executeWait.resolve?.(context, resolved("called", { body }), {})).toMatchObject({
        kind: "completed",
        output: body,
        handle: "done",
      });
  });

  test("a timer that falls due is done; a callback that nobody called takes its path or fails", () => {
    const timer = stepContext(waitDefinition, { duration: "PT1H" }).context;
    expect(executeWait.resolve?.(timer, due, { until: "x" })).toMatchObject({ kind: "completed", handle: "done" });
    const connected = { node: { outgoing: new Map([["timed_out", ["b"]]]) } };
    const missed = (fields: JsonObject, more: TestWorld) =>
      executeWait.resolve?.(
        stepContext(waitDefinition, { callback: true, timeout: "PT1H", ...fields }, more).context,
        due,
        {},
      );
    expect(missed({}, connected)).toMatchObject({ kind: "completed", handle: "timed_out" });
    expect(missed({}, {})).toMatchObject({ kind: "failed", error: { code: "wait_timed_out" } });
    expect(missed({ onTimeout: "fail" }, connected)).toMatchObject({ kind: "failed" });
  });
});

describe("collect_form", () => {
  const schema = { type: "object", properties: { reason: { type: "string" } } };
  const world = { trigger: { email: "jane@acme.com" }, known: ["role:manager"] };

  test("F-23 opens a form in the conversation with what is known already", async () => {
    const { context } = stepContext(
      collectFormDefinition,
      { title: "Refund for ${input.email}", schema, values: { email: "${input.email}" }, timeoutHours: 1 },
      { ...world, conversationId: "cnv-1" },
    );
    expect(await executeCollectForm.execute(context)).toEqual({
      kind: "waiting",
      warnings: [],
      waitpoint: {
        kind: "form",
        assignees: [],
        dueAt: testNow + hour,
        request: {
          title: "Refund for jane@acme.com",
          description: "",
          schema,
          values: { email: "jane@acme.com" },
          deliverTo: "conversation",
        },
      },
    });
  });

  test("without a conversation it is a page", async () => {
    const outcome = await executeCollectForm.execute(
      stepContext(collectFormDefinition, { schema, assignTo: "role:manager" }, world).context,
    );
    expect(outcome).toMatchObject({
      waitpoint: { assignees: ["role:manager"], request: { title: "The step", deliverTo: "page" } },
      warnings: [expect.stringContaining("no conversation")],
    });
  });

  test("submitted values are the output; no answer takes its path or fails", async () => {
    const { context } = stepContext(collectFormDefinition, { schema });
    expect(
      await executeCollectForm.resolve?.(context, resolved("submitted", { values: { reason: "late" } }), {}),
    ).toMatchObject({ kind: "completed", handle: "submitted", output: { reason: "late" } });
    expect(await executeCollectForm.resolve?.(context, due, {})).toMatchObject({
      handle: "timed_out",
      failUnconnected: { reason: "form_timed_out" },
    });
    expect(
      await executeCollectForm.resolve?.(
        stepContext(collectFormDefinition, { schema, onTimeout: "fail" }).context,
        due,
        {},
      ),
    ).toMatchObject({ kind: "failed", reason: "form_timed_out" });
  });
});

describe("human_handoff", () => {
  test("F-27 hands over, tells the customer, and gives back what was resolved", async () => {
    const { context } = stepContext(
      humanHandoffDefinition,
      { assignTo: "team:support", summary: "About ${input.what}", message: "A colleague takes over.", timeoutHours: 2 },
      { trigger: { what: "a refund" }, known: ["team:support"], conversationId: "cnv-1" },
    );
    expect(await executeHumanHandoff.execute(context)).toEqual({
      kind: "waiting",
      warnings: [],
      waitpoint: {
        kind: "handoff",
        assignees: ["team:support"],
        dueAt: testNow + 2 * hour,
        request: { headline: "The step", summary: "About a refund", conversationId: "cnv-1" },
      },
      outbox: [{ kind: "conversation_message", conversationId: "cnv-1", body: "A colleague takes over." }],
    });
    expect(
      await executeHumanHandoff.resolve?.(context, resolved("returned", { resolution: "refunded", note: "ok" }), {}),
    ).toEqual({
      kind: "completed",
      output: { resolution: "refunded", note: "ok", output: null },
      handle: "returned",
      summary: "Handed back by Kim Ito",
    });
    expect(await executeHumanHandoff.resolve?.(context, due, {})).toMatchObject({
      handle: "timed_out",
      failUnconnected: { reason: "handoff_timed_out" },
    });
  });

  test("defaults to the operators, and says nothing without a conversation", async () => {
    const outcome = await executeHumanHandoff.execute(
      stepContext(humanHandoffDefinition, { message: "Hello" }, { known: ["role:operator"] }).context,
    );
    expect(outcome).toMatchObject({ waitpoint: { assignees: ["role:operator"] } });
    expect(outcome).not.toHaveProperty("outbox");
  });
});
