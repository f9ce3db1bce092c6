import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { createRunsScene, effect, type RunsScene } from "./runs.testkit";

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

it("B-59 what a handoff gave back is in its step's output", async () => {
  const { runId, id } = await asked("handoff");
  expect((await asOperator("GET", id)).json).toMatchObject({ choices: [], request: null, question: null });
  const answer = await asOperator("POST", `${id}/resolve`, { resolution: "Any words", output: { refund: 12 } });
  expect(answer.status).toBe(200);
  expect(await scene.reached(runId, "completed")).toMatchObject({ output: { refund: 12 } });
});
