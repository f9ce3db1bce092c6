import { beforeAll, describe, expect, it } from "vitest";
import { getRun } from "@/server/modules/runs/service";
import { edge } from "@/server/modules/runs/runs.testkit";
import { as, asked, manager, scene } from "./decide.testkit";
import { decisionRecord } from "./decision-record";
import { getApproval } from "./service";

const recordOf = async (id: string) => (await getApproval(manager.actor, id)).record;

beforeAll(async () => {
  const ask = { id: "ask", type: "approval", assignTo: "role:manager", timeout: "PT1S" };
  const publish = (slug: string, more: object, handle: string) =>
    scene.publish(slug, {
      startNodeId: "ask",
      nodes: [
        { ...ask, ...more },
        { id: "end", type: "end" },
      ],
      edges: [edge("ask", "end", handle)],
    });
  await publish("granted", { onTimeout: "approve" }, "approved");
  await publish("declined", { onTimeout: "reject" }, "rejected");
  await publish("answered", { timeout: "PT1H" }, "rejected");
  await publish("failing", { onTimeout: "fail" }, "approved");
});

describe("the record of a decision", () => {
  it("A14 tells what was changed while approving, what the requester was told, and how it was decided", async () => {
    const { id } = await asked();
    expect(await recordOf(id)).toBeNull();
    const answer = await as(manager.apiKey, `/api/v1/approvals/${id}/approve`, {
      edits: { "input.amount": 30, "input.order.plan": "team" },
      comment: "Less",
      message_to_requester: "Welcome",
    });
    expect(answer.status).toBe(200);
    expect(await getApproval(manager.actor, id)).toMatchObject({ decision: "approved", comment: "Less" });
    expect(await recordOf(id)).toEqual({
      by: manager.actor.name,
      onBehalfOf: null,
      via: "api",
      messageToRequester: "Welcome",
      edits: [
        { path: "input.amount", label: "Amount", was: 42.6, now: 30 },
        expect.objectContaining({ path: "input.order.plan", label: "Plan", now: "team" }),
      ],
      timeoutEffect: null,
      cancelled: null,
    });
    // What goes over the wire is as it was.
    expect((await as(manager.apiKey, `/api/v1/approvals/${id}`)).json).not.toHaveProperty("record");
  });

  it("A14 names both: who decided, and in whose name", async () => {
    const { id } = await asked("noted");
    const { admin } = scene.north.members;
    const answer = await as(admin.apiKey, `/api/v1/approvals/${id}/approve`, { on_behalf_of: manager.email });
    expect(answer.status).toBe(200);
    expect(await recordOf(id)).toMatchObject({ by: admin.actor.name, onBehalfOf: manager.actor.name });
  });

  it("A15 a run that was cancelled names who cancelled it, and why", async () => {
    const { runId, id } = await asked();
    const cancelled = await scene.call("POST", `/api/v1/workflows/${runId}/cancel`, { reason: "Customer withdrew" });
    expect(cancelled.status).toBe(200);
    expect(await getApproval(manager.actor, id)).toMatchObject({ status: "cancelled", decidedBy: null });
    expect(await recordOf(id)).toMatchObject({
      by: null,
      via: null,
      cancelled: { by: scene.north.members.owner.actor.name, reason: "Customer withdrew" },
    });
  });

  it.each([
    ["granted", "completed", "approved"],
    ["declined", "completed", "rejected"],
    ["failing", "failed", "failed"],
  ])("A18 a timeout says what it did: %s", async (slug, status, timeoutEffect) => {
    const runId = await scene.start(slug);
    const { approvals } = await scene.reached(runId, status);
    expect(await recordOf(approvals[0].id)).toMatchObject({ by: null, via: null, timeoutEffect });
  });

  it("A34 a step that ended with a no says so, for those who look at the run and at what follows", async () => {
    const { runId, id } = await asked("answered");
    const askedStep = async () => (await getApproval(manager.actor, id)).steps.find(({ type }) => type === "approval");
    expect(await askedStep()).toMatchObject({ status: "waiting", rejected: false });
    await as(manager.apiKey, `/api/v1/approvals/${id}/reject`, { comment: "No" });
    await scene.reached(runId, "completed");
    expect(await askedStep()).toMatchObject({ status: "completed", rejected: true });
    const { steps } = await getRun(manager.actor, runId);
    expect(steps.map(({ type, rejected = false }) => [type, rejected])).toEqual([
      ["approval", true],
      ["end", false],
    ]);
  });

  it("hides what may not be seen wherever it stands", () => {
    const row = {
      status: "resolved",
      outcome: "approved",
      resolution: { messageToRequester: "Your pin is 1234", edits: { pin: "9876", sum: 3 } },
      resolvedByName: "Kim",
      resolvedVia: "ui",
    };
    const request = {
      bound: [
        { path: "trigger.pin", value: "1234" },
        { path: "input.sum", value: 3 },
      ],
      facts: [],
      policy: {
        requesterCannotApprove: false,
        neverTwice: false,
        commentRequiredOn: [],
        editable: ["input.pin", "sum"],
      },
    };
    const record = decisionRecord(row, request, null, {
      text: (text) => text?.replace("1234", "•••") ?? null,
      value: (path, value) => (path === "input.pin" ? "•••" : value),
      label: (path) => path,
    });
    expect(record).toMatchObject({
      messageToRequester: "Your pin is •••",
      edits: [{ path: "input.pin", was: "•••", now: "•••" }],
    });
  });
});
