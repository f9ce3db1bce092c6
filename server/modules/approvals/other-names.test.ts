import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { serveRest } from "@/server/routes/serve-rest";
import { createCaller } from "@/server/routes/root";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { createRunsScene, edge, effect, type RunsScene } from "@/server/modules/runs/runs.testkit";

/** What others are asked, a customer or an outside system, is answered by nobody in their name who approves it afterwards. */
let scene: RunsScene;
let builder: TestMember;
let operator: TestMember;
let manager: TestMember;

const ask = { id: "ask", type: "approval", assignTo: "role:manager", policy: { requesterCannotApprove: true } };
const visitor = createCaller({ actor: null, requestId: "test" });

beforeAll(async () => {
  scene = await createRunsScene();
  await scene.database.pool.query(
    "insert into business_roles (organization_id, slug, name) values ($1, 'manager', 'Manager')",
    [scene.north.id],
  );
  const asManager = (role: "builder" | "operator" | "approver") =>
    addTestMember({
      organizationId: scene.north.id,
      role,
      email: `${role}2@north.holdpoint.test`,
      businessRoles: ["manager"],
    });
  [builder, operator, manager] = [await asManager("builder"), await asManager("operator"), await asManager("approver")];
  const schema = { type: "object", properties: { account: { type: "string" } } };
  const form = { id: "form", type: "collect_form", title: "Your account", deliverTo: "conversation", schema };
  await scene.publish(
    "promise",
    {
      startNodeId: "form",
      nodes: [form, ask, effect("pay")],
      edges: [edge("form", "ask", "submitted"), edge("ask", "pay", "approved")],
    },
    { triggers: [{ id: "wish", type: "event", event: "conversation.message" }] },
  );
  await scene.publish("called", {
    startNodeId: "call",
    nodes: [{ id: "call", type: "wait", callback: true }, ask, effect("pay")],
    edges: [edge("call", "ask"), edge("ask", "pay", "approved")],
  });
});
afterAll(() => scene.close());

const conversations = "/api/v1/conversations";
const approve = (who: TestMember, id: string, body: object = {}) =>
  rest(who.apiKey, "POST", `/api/v1/approvals/${id}/approve`, body);
const barred = { status: 403, json: { error: { code: "requester_cannot_approve" } } };

/** A customer's conversation, opened by a member. */
async function opened(by: TestMember): Promise<{ id: string; token: string }> {
  const { json } = await rest(by.apiKey, "POST", conversations, { contact: { name: "Jane" }, subject: "Plan" });
  return { id: json.id, token: tokenOf(json) };
}
const tokenOf = (json: { link: string }) => json.link.split("/c/")[1] ?? "";

/** The customer's run, at the form that it asks the customer for. */
async function asked(token: string, from = visitor): Promise<{ runId: string; waitpointId: string }> {
  await from.conversations.send({ token, body: "I want my money" });
  const runId = (await visitor.conversations.byToken({ token })).requests[0]?.id ?? "";
  const run = await scene.reached(runId, "waiting_form");
  return { runId, waitpointId: run.steps[0].waiting.id };
}
const answer = (token: string, waitpointId: string, from = visitor) =>
  from.conversations.submitForm({ token, waitpointId, values: { account: "mine" } });
const approvalOf = async (runId: string): Promise<string> =>
  (await scene.reached(runId, "waiting_approval")).approvals[0].id;

describe("the customer's link", () => {
  it("is given to who makes it, once; colleagues see what was asked, when, of whom, and whether it is answered", async () => {
    const { id, token } = await opened(scene.north.members.operator);
    const { waitpointId } = await asked(token);
    const look = async () => {
      for (const { apiKey } of [...Object.values(scene.north.members), builder, operator]) {
        const seen = await rest(apiKey, "GET", `${conversations}/${id}`);
        const listed = await rest(apiKey, "GET", conversations);
        expect([seen.status, listed.status]).toEqual([200, 200]);
        expect(JSON.stringify([seen.json, listed.json])).not.toContain(token);
        expect(JSON.stringify([seen.json, listed.json])).not.toContain("/c/");
      }
      return rest(operator.apiKey, "POST", `${conversations}/${id}/messages`, { body: "Did you get the form?" });
    };
    const open = await look();
    expect(open).toMatchObject({
      status: 201,
      json: {
        contact: { name: "Jane" },
        link_made_at: expect.any(String),
        forms: [{ id: waitpointId, title: "Your account", status: "open", asked_at: expect.any(String) }],
      },
    });
    expect(open.json).not.toHaveProperty("link");
    await answer(token, waitpointId);
    expect((await look()).json.forms).toMatchObject([{ status: "answered", answered_at: expect.any(String) }]);
  });

  it("bars whoever was given it from approving what came through it, also when another one made the next", async () => {
    const { id, token } = await opened(operator);
    const first = await asked(token);
    await answer(token, first.waitpointId);
    const approval = await approvalOf(first.runId);
    expect(await approve(operator, approval)).toMatchObject(barred);
    const second = await asked(token);
    const renewed = tokenOf((await rest(builder.apiKey, "POST", `${conversations}/${id}/rotate-link`)).json);
    await answer(renewed, second.waitpointId);
    const next = await approvalOf(second.runId);
    for (const who of [operator, builder]) expect(await approve(who, next)).toMatchObject(barred);
    // Nobody can tell who wrote as the customer, so it takes two others; the builder had no link when the first was answered.
    expect(await approve(builder, approval)).toMatchObject({ status: 200, json: { decisions_needed: 2 } });
    expect(await approve(manager, approval)).toMatchObject({ status: 200, json: { status: "approved" } });
  });
});

it.each([
  { act: "writes", writer: true },
  { act: "fills a form", writer: false },
])(
  "H10 bars whoever is signed in where somebody $act as the customer, also when the link was never theirs",
  async ({ writer }) => {
    const { token } = await opened(scene.north.members.operator);
    const signedIn = createCaller({ actor: manager.actor, requestId: "test" });
    const { waitpointId, runId } = await asked(token, writer ? signedIn : visitor);
    await answer(token, waitpointId, writer ? visitor : signedIn);
    const approval = await approvalOf(runId);
    expect(await approve(manager, approval)).toMatchObject(barred);
    expect(await approve(builder, approval)).toMatchObject({ status: 200, json: { decisions_needed: 2 } });
  },
);

describe("the address of a wait for a call", () => {
  const addressIn = (json: unknown): string => /http[^"]*\/api\/callbacks\/[^"]*/.exec(JSON.stringify(json))?.[0] ?? "";

  /** Begun by somebody who is asked for nothing here. */
  async function waiting(): Promise<string> {
    const runId = await scene.start("called");
    await scene.reached(runId, "waiting_async");
    return runId;
  }

  /** As the outside system. */
  async function called(runId: string): Promise<void> {
    const { json } = await scene.call("GET", `/api/v1/runs/${runId}`);
    const path = new URL(addressIn(json)).pathname;
    const headers = { "content-type": "application/json" };
    const answered = await serveRest(
      new Request(`http://127.0.0.1:3000${path}`, { method: "POST", headers, body: "{}" }),
    );
    expect(answered.status).toBe(200);
  }

  it("bars whoever was shown it from approving what comes of it, and nobody else", async () => {
    const runId = await waiting();
    expect(addressIn((await rest(builder.apiKey, "GET", `/api/v1/runs/${runId}`)).json)).not.toBe("");
    for (const who of [operator, manager])
      expect(addressIn((await rest(who.apiKey, "GET", `/api/v1/runs/${runId}`)).json)).toBe("");
    await called(runId);
    const id = await approvalOf(runId);
    expect(await approve(builder, id)).toMatchObject(barred);
    expect(await approve(operator, id)).toMatchObject({ status: 200, json: { decisions_needed: 1 } });
  });

  it("bars them when the step alone was shown, and when it is done again: its address is the same", async () => {
    const runId = await waiting();
    const { json } = await scene.call("GET", `/api/v1/runs/${runId}`);
    const step = await rest(builder.apiKey, "GET", `/api/v1/runs/${runId}/steps/${String(json.steps[0].id)}`);
    expect(addressIn(step.json)).not.toBe("");
    await scene.call("POST", `/api/v1/runs/${runId}/cancel`, {});
    await scene.reached(runId, "cancelled");
    await scene.call("POST", `/api/v1/runs/${runId}/retry`, { from_step: "call" });
    await scene.reached(runId, "waiting_async");
    await called(runId);
    expect(await approve(builder, await approvalOf(runId))).toMatchObject(barred);
  });

  it("is on no page, so that looking at one bars nobody", async () => {
    const runId = await waiting();
    const page = createCaller({ actor: builder.actor, requestId: "test" });
    const run = await page.runs.get({ id: runId });
    const step = await page.runs.step({ id: runId, stepId: run.steps[0]?.id ?? "" });
    expect(addressIn([run, step])).toBe("");
    await called(runId);
    expect(await approve(builder, await approvalOf(runId))).toMatchObject({ status: 200 });
  });

  it("an approval that only they could give is flagged at once", async () => {
    await scene.publish("flagged", {
      startNodeId: "both",
      nodes: [
        { id: "both", type: "parallel" },
        { id: "call", type: "wait", callback: true },
        { ...ask, assignTo: `user:${builder.userId}` },
      ],
      edges: [edge("both", "call"), edge("both", "ask")],
    });
    const runId = await scene.start("flagged");
    await scene.reached(runId, "waiting_approval");
    await rest(builder.apiKey, "GET", `/api/v1/runs/${runId}`);
    const { approvals } = (await scene.call("GET", `/api/v1/runs/${runId}`)).json;
    expect(approvals[0].undecidable).toMatchObject({ why: "requester_only" });
  });
});
