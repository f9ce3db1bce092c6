import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { createRunsScene, edge, effect, type RunsScene } from "./runs.testkit";

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
  scene.cut.add("/charge?of=c1");
  const charge = effect("charge", {
    repeatable: "unsafe",
    sensitive: ["body.card"],
    query: { of: "${input.of}" },
    body: { amount: "${input.amount}", card: "4242" },
  });
  await scene.publish("charge", { startNodeId: "charge", nodes: [charge], edges: [] });
  await scene.publish("handoff", {
    startNodeId: "talk",
    nodes: [
      { id: "talk", type: "human_handoff", assignTo: "role:operator", summary: "Angry" },
      { id: "end", type: "end", output: { refund: "${step.talk.output.output.refund}" } },
    ],
    edges: [{ from: "talk", to: "end" }],
  });
});
afterAll(() => scene.close());

const asOperator = (method: string, path: string, body?: object) =>
  rest(scene.north.members.operator.apiKey, method, `/api/v1/handoffs/${path}`, body);

async function asked(slug: string, input: object = {}): Promise<{ runId: string; id: string }> {
  const runId = await scene.start(slug, input);
  const run = await scene.reached(runId, "waiting_human");
  return { runId, id: run.steps[0].waiting.id };
}

describe("B-3 a call whose outcome nobody knows", () => {
  it("shows the request that was sent, without what is sensitive, and the answers there are", async () => {
    const { runId, id } = await asked("charge", { of: "c1", amount: 30 });
    const shown = await asOperator("GET", id);
    expect(shown).toMatchObject({
      status: 200,
      json: {
        id,
        run_id: runId,
        node_id: "charge",
        status: "open",
        choices: [{ value: "completed" }, { value: "retry" }, { value: "failed" }],
        request: {
          connection: "echo",
          method: "POST",
          path: "/charge",
          query: { of: "c1" },
          body: { amount: 30, card: "••••" },
          idempotency_key: `${runId}:charge`,
        },
      },
    });
    const { steps } = (await scene.call("GET", `/api/v1/runs/${runId}`)).json;
    expect(steps[0].input).toMatchObject({ path: "/charge", body: { amount: 30, card: "••••" } });
    expect((await rest(scene.south.members.owner.apiKey, "GET", `/api/v1/handoffs/${id}`)).status).toBe(404);
  });

  it.each(["bogus", "done", "charged", undefined])("refuses the answer %s and goes on asking", async (resolution) => {
    const { runId, id } = await asked("charge", { of: "c1", amount: 1 });
    const answer = await asOperator("POST", `${id}/resolve`, resolution === undefined ? {} : { resolution });
    expect(answer).toMatchObject({
      status: 422,
      json: { error: { code: "validation_failed", details: [{ code: "unknown_answer", path: "resolution" }] } },
    });
    expect((await scene.call("GET", `/api/v1/runs/${runId}`)).json.status).toBe("waiting_human");
  });

  it("goes on with the output of a call that happened", async () => {
    const { runId, id } = await asked("charge", { of: "c1", amount: 2 });
    const output = { charged: true };
    expect((await asOperator("POST", `${id}/resolve`, { resolution: "completed", output })).status).toBe(200);
    expect((await scene.reached(runId, "completed")).steps[0].output).toEqual(output);
  });

  it("is told in the reference", async () => {
    const { json } = await scene.call("GET", "/api/openapi.json");
    const { schema } = json.paths["/api/v1/handoffs/{id}/resolve"].post.requestBody.content["application/json"];
    expect(schema.properties.resolution.anyOf).toContainEqual({
      type: "string",
      enum: ["completed", "retry", "failed"],
    });
  });
});

it("H8 nobody types in what a call behind an approval gave where it goes to later steps or out as the result", async () => {
  const asks = { id: "ask", type: "approval", assignTo: "role:owner", policy: { requesterCannotApprove: true } };
  const call = effect("reserve", { repeatable: "unsafe" });
  const given = "${step.reserve.output.amount}";
  const pays = effect("pay", { path: `/pay/${given}` });
  const computes = { id: "sum", type: "transform", expression: { amount: given } };
  const shapes: Record<string, { refused: boolean; nodes: object[]; edges: object[] }> = {
    read: { refused: true, nodes: [call, pays], edges: [edge("reserve", "pay")] },
    "read-through": {
      refused: true,
      nodes: [call, computes, effect("pay", { path: "/pay/${step.sum.output.amount}" })],
      edges: [edge("reserve", "sum"), edge("sum", "pay")],
    },
    "only-told": { refused: true, nodes: [call, computes], edges: [edge("reserve", "sum")] },
    "the-result": { refused: true, nodes: [call], edges: [] },
    unread: { refused: false, nodes: [call, effect("pay")], edges: [edge("reserve", "pay")] },
  };
  scene.cut.add("/reserve");
  const seen: Record<string, unknown> = {};
  for (const [slug, { nodes, edges }] of Object.entries(shapes)) {
    await scene.publish(`given-${slug}`, {
      startNodeId: "ask",
      nodes: [asks, ...nodes],
      edges: [edge("ask", "reserve", "approved"), ...edges],
    });
    const started = await rest(scene.north.members.operator.apiKey, "POST", "/api/v1/runs", {
      template_id: `given-${slug}`,
      input: {},
    });
    const runId = String(started.json.id);
    const [approval] = (await scene.reached(runId, "waiting_approval")).approvals;
    expect((await scene.call("POST", `/api/v1/approvals/${approval.id}/approve`, {})).status).toBe(200);
    const { steps } = await scene.reached(runId, "waiting_human");
    const { id } = steps.find((step: { node_id: string }) => step.node_id === "reserve").waiting;
    const answer = await asOperator("POST", `${id}/resolve`, { resolution: "completed", output: { amount: 999 } });
    seen[slug] = answer.json.error?.details?.[0]?.code === "unapproved_output";
    if (answer.status !== 200)
      expect((await asOperator("POST", `${id}/resolve`, { resolution: "failed" })).status).toBe(200);
    await scene.reached(runId, answer.status === 200 ? "completed" : "failed");
  }
  expect(seen).toEqual(Object.fromEntries(Object.entries(shapes).map(([slug, { refused }]) => [slug, refused])));
  expect(scene.called.filter((path) => path.includes("999"))).toEqual([]);
});

it("B-59 what a handoff gave back is in its step's output", async () => {
  const { runId, id } = await asked("handoff");
  expect((await asOperator("GET", id)).json).toMatchObject({ choices: [], request: null, question: null });
  const answer = await asOperator("POST", `${id}/resolve`, { resolution: "Any words", output: { refund: 12 } });
  expect(answer.status).toBe(200);
  expect(await scene.reached(runId, "completed")).toMatchObject({ output: { refund: 12 } });
});
