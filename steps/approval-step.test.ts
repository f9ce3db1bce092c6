import { describe, expect, test } from "vitest";
import type { JsonObject } from "@/core/json";
import type { WaitpointResolution } from "@/core/ports";
import { executeApproval } from "./approval/execute";
import { approvalDefinition } from "./approval/definition";
import { stepContext, testNow, type TestWorld } from "./step-context.testkit";
import { due, hour, resolved } from "./waiting-steps.testkit";

const decidedAt = "2026-11-21T08:00:00.000Z";

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
          amounts: [{ amount: 42.6, currency: null }],
          headline: "Upgrade jane@acme.com to Enterprise",
          fields: [
            { label: "Customer", value: "jane@acme.com" },
            { label: "Plan Change", value: "Pro → Enterprise" },
            { label: "Amount", value: "42.6" },
            { label: "Next plan", value: "enterprise" },
            { label: "Nothing", value: "" },
          ],
          money: { currency: "", amount: "42.6", line: 2 },
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
        votes: [],
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
