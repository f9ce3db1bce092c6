import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId, readId, showId } from "@/core/ids";
import { rest } from "@/server/api/rest/client.testkit";
import { addTestMember } from "@/server/auth/identity.testkit";
import { createRunsScene, edge, effect, type RunsScene } from "./runs.testkit";

let scene: RunsScene;
let transferId: string;

const transfer = {
  startNodeId: "move",
  nodes: [effect("move"), { id: "note", type: "transform", expression: { moved: "${input.source}" } }],
  edges: [edge("move", "note")],
  inputSchema: {
    type: "object",
    required: ["source"],
    properties: {
      source: { type: "string" },
      destination: { type: "string" },
      lines: { type: "array", items: { type: "number" } },
    },
  },
};
const ask = { startNodeId: "ask", nodes: [{ id: "ask", type: "approval", assignTo: "role:owner" }], edges: [] };
const input = { source: "a", destination: "b" };
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

beforeAll(async () => {
  scene = await createRunsScene();
  transferId = (await scene.publish("transfer", transfer)).id;
  await scene.publish("ask", ask);
});
afterAll(() => scene.close());

const post = (body: unknown, headers?: Record<string, string>) =>
  scene.call("POST", "/api/v1/workflows", body, headers);

describe("starting a run", () => {
  it("A-7 A-8 A-9 A-18 answers 201 with exactly these fields, pending, without an envelope", async () => {
    const { status, json } = await post({ template_id: "transfer", input, callback_url: "http://127.0.0.1:9/done" });
    const workflow = readId("workflow", transferId);
    const { owner } = scene.north.members;
    expect(status).toBe(201);
    expect(json).toEqual({
      callback_secret: expect.stringMatching(/^whsec_/),
      id: expect.stringMatching(uuid),
      status: "pending",
      template: { id: workflow, name: "transfer", version: 1 },
      trigger_type: "api",
      input,
      output: null,
      error: null,
      failure_reason: null,
      cancel_reason: null,
      message: null,
      warnings: [],
      waiting_on: null,
      hibernated: false,
      heartbeat_at: null,
      restored_from: null,
      owner: { id: owner.userId, name: "owner" },
      requested_by: null,
      test: false,
      callback_url: "http://127.0.0.1:9/done",
      created_at: time,
      started_at: null,
      ended_at: null,
    });
  });

  it("A-3 C6 C7 C9 takes the workflow's UUID, its shown id or its slug; the run is not the definition", async () => {
    const forms = [readId("workflow", transferId), transferId, "transfer"];
    const runs = await Promise.all(forms.map((form) => post({ template_id: form, input })));
    expect(runs.map(({ status, json }) => [status, json.template.id])).toEqual(forms.map(() => [201, forms[0]]));
    const ids = new Set(runs.map(({ json }) => json.id));
    expect(ids.size).toBe(3);
    for (const id of ids) expect((await scene.call("GET", `/api/workflows/${String(id)}`)).status).toBe(404);
    expect((await scene.call("GET", `/api/v1/workflows/${String(forms[0])}`)).status).toBe(404);
  });

  it("A-7 C7 refuses what is not published with 409, what does not exist or is another's with the same 404", async () => {
    await scene.call("POST", "/api/workflows", { slug: "unborn", name: "Unborn", spec: ask });
    expect(await post({ template_id: "unborn" })).toMatchObject({
      status: 409,
      json: { error: { code: "workflow_not_published" } },
    });
    const missing = await post({ template_id: newId() });
    const foreign = await rest(scene.south.members.owner.apiKey, "POST", "/api/v1/workflows", {
      template_id: transferId,
      input,
    });
    expect([missing.status, foreign.status]).toEqual([404, 404]);
    expect({ ...foreign.json.error, requestId: "" }).toEqual({ ...missing.json.error, requestId: "" });
  });

  it("A-7 refuses input that does not fit the declared variables with 422 and a path per problem", async () => {
    const { status, json } = await post({ template_id: "transfer", input: { destination: 7, lines: [1, "x"] } });
    expect([status, json.error.code]).toEqual([422, "validation_failed"]);
    const paths = json.error.details.map((detail: { path: string }) => detail.path);
    expect(paths).toEqual(expect.arrayContaining(["input.source", "input.destination", "input.lines[1]"]));
    for (const detail of json.error.details)
      expect(detail).toMatchObject({ code: "invalid_input", severity: "error", message: expect.any(String) });
    const missing = json.error.details.find((detail: { path: string }) => detail.path === "input.source");
    expect(missing.message).toBe("source is required. Add it.");
    expect(await post({ input })).toMatchObject({
      status: 422,
      json: { error: { details: [{ path: "template_id" }] } },
    });
    expect(await post({ template_id: "transfer", input, callback_url: "ftp://x" })).toMatchObject({
      status: 422,
      json: { error: { details: [{ path: "callback_url" }] } },
    });
  });

  it("A-7 starts once for an Idempotency-Key: the same body gets the same run, another 409", async () => {
    const headers = { "idempotency-key": "order-17" };
    const body = { template_id: "transfer", input };
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(body, headers)));
    expect(new Set(answers.map(({ status, json }) => `${String(status)} ${String(json.id)}`)).size).toBe(1);
    const other = await post({ ...body, input: { source: "c" } }, headers);
    expect([other.status, other.json.error.code]).toEqual([409, "idempotency_key_reused"]);
    const { rowCount } = await scene.database.pool.query("select 1 from runs where start_key like '%order-17'");
    expect(rowCount).toBe(1);
  });

  it("A-7 a key that may only start and control sees the answers to that, and no more", async () => {
    const bot = await addTestMember({
      organizationId: scene.north.id,
      role: "operator",
      email: "bot@north.holdpoint.test",
      scopes: ["runs:start", "runs:control"],
    });
    const started = await rest(bot.apiKey, "POST", "/api/v1/workflows", { template_id: "ask" });
    expect([started.status, started.json.status]).toEqual([201, "pending"]);
    expect((await rest(bot.apiKey, "POST", `/api/v1/workflows/${started.json.id}/cancel`)).status).toBe(200);
    expect(await rest(bot.apiKey, "GET", `/api/v1/workflows/${started.json.id}`)).toMatchObject({
      status: 403,
      json: { error: { code: "missing_scope" } },
    });
    expect((await rest("hp_wrong", "POST", "/api/v1/workflows", { template_id: "ask" })).status).toBe(401);
  });
});

describe("reading a run", () => {
  it("A-11 A-19 A-21 A-25 gives the run with steps, events and approvals under every form of its id", async () => {
    const id = await scene.start("transfer", input);
    const run = await scene.reached(id, "completed");
    expect(run).toMatchObject({
      id,
      output: { moved: "a" },
      started_at: time,
      ended_at: time,
      heartbeat_at: time,
      approvals: [],
    });
    expect(
      run.steps.map((step: { node_id: string; type: string; status: string; attempt: number }) => [
        step.node_id,
        step.type,
        step.status,
        step.attempt,
      ]),
    ).toEqual([
      ["move", "service_call", "completed", 1],
      ["note", "transform", "completed", 1],
    ]);
    expect(Object.keys(run.steps[0]).sort()).toEqual([
      "attempt",
      "attempts",
      "cut",
      "duration_ms",
      "ended_at",
      "error",
      "id",
      "input",
      "iteration",
      "name",
      "node_id",
      "output",
      "response",
      "started_at",
      "status",
      "summary",
      "type",
      "waiting",
      "warnings",
    ]);
    expect(run.events.map((event: { seq: number }) => event.seq)).toEqual(
      run.events.map((_: unknown, index: number) => index + 1),
    );
    expect(run.events.map((event: { type: string }) => event.type)).toEqual([
      "run.created",
      "run.started",
      ...["step.started", "step.completed", "step.started", "step.completed"],
      "run.completed",
    ]);
    for (const event of run.events)
      expect(event).toEqual({
        seq: expect.any(Number),
        type: expect.any(String),
        at: time,
        actor: event.actor,
        data: expect.any(Object),
      });
    for (const path of [
      `/api/v1/workflows/${showId("run", id)}`,
      `/api/v1/runs/${id}`,
      `/api/v1/runs/${id.toUpperCase()}`,
    ])
      expect((await scene.call("GET", path)).json).toEqual(run);
  });

  it("A-11 answers 404 for another organization's run exactly as for a missing one, and for another owner's without runs:read:all", async () => {
    const id = await scene.start("ask");
    const missing = await scene.call("GET", `/api/v1/workflows/${newId()}`);
    const foreign = await rest(scene.south.members.owner.apiKey, "GET", `/api/v1/workflows/${id}`);
    const alone = await addTestMember({
      organizationId: scene.north.id,
      role: "operator",
      email: "alone@north.holdpoint.test",
      scopes: ["runs:read", "runs:start", "runs:control"],
    });
    const notOwn = await rest(alone.apiKey, "GET", `/api/v1/workflows/${id}`);
    for (const answer of [foreign, notOwn]) {
      expect(answer.status).toBe(404);
      expect({ ...answer.json.error, requestId: "" }).toEqual({ ...missing.json.error, requestId: "" });
    }
    expect((await rest(alone.apiKey, "POST", `/api/v1/workflows/${id}/cancel`)).status).toBe(404);
    expect((await scene.call("GET", "/api/v1/workflows/not-an-id")).status).toBe(404);
  });
});
