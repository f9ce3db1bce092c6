import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { rest, type RestAnswer } from "@/server/api/rest/client.testkit";
import { addTestKey } from "@/server/auth/identity.testkit";
import { serveRest } from "@/server/routes/serve-rest";
import { createRunsScene, type RunsScene } from "./runs.testkit";

let scene: RunsScene;

beforeAll(async () => {
  scene = await createRunsScene();
  const schema = {
    type: "object",
    required: ["plan"],
    properties: {
      seats: { type: "integer", minimum: 1, default: 1 },
      plan: { type: "string", enum: ["pro", "enterprise"] },
      id: {},
    },
  };
  const one = (node: object) => ({ startNodeId: "wait", nodes: [{ id: "wait", ...node }], edges: [] });
  await scene.publish(
    "form",
    one({ type: "collect_form", title: "Which plan?", schema, values: { plan: "${input.plan}" }, timeoutHours: 24 }),
  );
  await scene.publish("for-operators", one({ type: "collect_form", schema, assignTo: "role:operator" }));
  await scene.publish("handoff", one({ type: "human_handoff", assignTo: "role:operator", summary: "Angry" }));
  await scene.publish("callback", one({ type: "wait", callback: true }));
});
afterAll(() => scene.close());

/** A run that waits, and the id of what it waits for as the run shows it. */
async function waiting(slug: string, status: string): Promise<{ runId: string; id: string; run: RestAnswer["json"] }> {
  const runId = await scene.start(slug, { plan: "pro" });
  const run = await scene.reached(runId, status);
  return { runId, run, id: run.steps[0].waiting.id };
}

describe("forms", () => {
  it("M5 3.22 a form for certain people is theirs to fill in, as a hand-off is", async () => {
    const { id } = await waiting("for-operators", "waiting_form");
    const { builder, operator } = scene.north.members;
    const submit = (key: string) => rest(key, "POST", `/api/v1/forms/${id}/submit`, { values: { plan: "pro" } });
    const stranger = await addTestKey(scene.north.id, builder.userId, ["forms:submit"]);
    expect(await submit(stranger.apiKey)).toMatchObject({ status: 403, json: { error: { code: "not_an_assignee" } } });
    expect((await submit(operator.apiKey)).status).toBe(200);
  });

  it("F-23 F-49 shows the schema and the values so far, takes the answer once, and the run goes on with it", async () => {
    const { runId, run, id } = await waiting("form", "waiting_form");
    expect(run).toMatchObject({
      waiting_on: "form",
      hibernated: true,
      steps: [{ status: "waiting", waiting: { kind: "form" } }],
    });
    const form = await scene.call("GET", `/api/v1/forms/${id}`);
    expect(form).toMatchObject({
      status: 200,
      json: {
        id,
        run_id: runId,
        node_id: "wait",
        status: "open",
        title: "Which plan?",
        values: { plan: "pro" },
        schema: { required: ["plan"] },
      },
    });
    // B-7: as the author wrote them, though the database sorts by length.
    expect(Object.keys(form.json.schema.properties)).toEqual(["seats", "plan", "id"]);
    expect(Object.keys(form.json).sort()).toEqual([
      "due_at",
      "id",
      "node_id",
      "run_id",
      "schema",
      "status",
      "title",
      "undecidable",
      "values",
    ]);
    const submit = (values: object) => scene.call("POST", `/api/v1/forms/${id}/submit`, { values });
    expect(await submit({ plan: "enterprise", seats: 3 })).toEqual(
      expect.objectContaining({ status: 200, json: { id, run_id: runId, status: "submitted" } }),
    );
    expect((await scene.reached(runId, "completed")).output).toMatchObject({ plan: "enterprise", seats: 3 });
    const second = await submit({ plan: "pro" });
    expect(second).toMatchObject({
      status: 409,
      json: {
        error: {
          code: "waitpoint_already_resolved",
          outcome: "submitted",
          resolved_by: "owner",
          resolved_at: expect.any(String),
        },
      },
    });
    expect((await scene.call("GET", `/api/v1/forms/${id}`)).json.status).toBe("resolved");
  });

  it("fills in the defaults of the form's schema, as a run's start does", async () => {
    const { runId, id } = await waiting("form", "waiting_form");
    const submitted = await scene.call("POST", `/api/v1/forms/${id}/submit`, { values: { plan: "pro" } });
    expect(submitted.status).toBe(200);
    expect((await scene.reached(runId, "completed")).output).toMatchObject({ plan: "pro", seats: 1 });
  });

  it("F-23 refuses answers that do not fit with 422 and a path per problem, and stays open", async () => {
    const { id } = await waiting("form", "waiting_form");
    const { status, json } = await scene.call("POST", `/api/v1/forms/${id}/submit`, {
      values: { plan: "gold", seats: 0 },
    });
    expect([status, json.error.code]).toEqual([422, "validation_failed"]);
    expect(json.error.details.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(["values.plan", "values.seats"]),
    );
    const unasked = await scene.call("POST", `/api/v1/forms/${id}/submit`, { values: { plan: "pro", saets: 3 } });
    expect([unasked.status, unasked.json.error.details]).toEqual([
      422,
      [
        {
          code: "invalid_value",
          severity: "error",
          path: "values.saets",
          message: expect.stringContaining('Did you mean "seats"?'),
        },
      ],
    ]);
    expect(await scene.call("POST", `/api/v1/forms/${id}/submit`, {})).toMatchObject({
      status: 422,
      json: { error: { details: [{ path: "values" }] } },
    });
    expect((await scene.call("GET", `/api/v1/forms/${id}`)).json.status).toBe("open");
  });

  it("F-23 of many answers at once one counts", async () => {
    const { id, runId } = await waiting("form", "waiting_form");
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        scene.call("POST", `/api/v1/forms/${id}/submit`, { values: { plan: "pro", seats: index + 1 } }),
      ),
    );
    const won = answers.findIndex(({ status }) => status === 200);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    expect((await scene.reached(runId, "completed")).output).toMatchObject({ seats: won + 1 });
  });

  it("F-23 a form of another organization is missing like any other, and viewers may not answer", async () => {
    const { id } = await waiting("form", "waiting_form");
    const missing = await scene.call("GET", `/api/v1/forms/${newId()}`);
    const foreign = await rest(scene.south.members.owner.apiKey, "GET", `/api/v1/forms/${id}`);
    expect([missing.status, foreign.status]).toEqual([404, 404]);
    expect({ ...foreign.json.error, requestId: "" }).toEqual({ ...missing.json.error, requestId: "" });
    const values = { plan: "pro" };
    expect(
      (await rest(scene.south.members.owner.apiKey, "POST", `/api/v1/forms/${id}/submit`, { values })).status,
    ).toBe(404);
    expect(
      (await rest(scene.north.members.viewer.apiKey, "POST", `/api/v1/forms/${id}/submit`, { values })).status,
    ).toBe(403);
    expect((await scene.call("POST", `/api/v1/handoffs/${id}/resolve`, {})).status).toBe(404);
  });
});

describe("handoffs", () => {
  it("F-27 are handed back once, by those they are for, with what came of it", async () => {
    const { runId, run, id } = await waiting("handoff", "waiting_human");
    expect(run).toMatchObject({ waiting_on: "human", steps: [{ waiting: { kind: "handoff", for: ["Operator"] } }] });
    const resolve = (key: string) =>
      rest(key, "POST", `/api/v1/handoffs/${id}/resolve`, { resolution: "calmed", note: "Called them" });
    expect((await resolve(scene.north.members.builder.apiKey)).status).toBe(403);
    expect((await resolve(scene.south.members.owner.apiKey)).status).toBe(404);
    expect(await resolve(scene.north.members.operator.apiKey)).toMatchObject({
      status: 200,
      json: { id, run_id: runId, status: "resolved" },
    });
    expect((await scene.reached(runId, "completed")).output).toEqual({
      resolution: "calmed",
      output: null,
      note: "Called them",
    });
    expect(await resolve(scene.north.members.operator.apiKey)).toMatchObject({
      status: 409,
      json: { error: { code: "waitpoint_already_resolved", outcome: "returned", resolved_by: "operator" } },
    });
  });
});

describe("callbacks", () => {
  const post = async (url: string, body: string) => {
    const response = await serveRest(
      new Request(`http://127.0.0.1:3000${new URL(url).pathname}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      }),
    );
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };

  it.each([
    ["an object", { paid: true }],
    ["a list", [1, 2]],
    ["a text", "ok"],
  ])("A-2 K-29 %s posted to the address becomes the step's output, once, without signing in", async (_, body) => {
    const { runId, run } = await waiting("callback", "waiting_async");
    const url: string = run.steps[0].waiting.callback_url;
    // Whoever decides what follows must not be able to answer here as somebody else.
    for (const role of ["viewer", "approver", "operator"] as const)
      for (const path of [`/api/v1/workflows/${runId}`, `/api/v1/runs/${runId}/steps`]) {
        const seen = await rest(scene.north.members[role].apiKey, "GET", path);
        expect([seen.status, JSON.stringify(seen.json).includes("/api/callbacks/")]).toEqual([200, false]);
      }
    expect((await post(url, "{")).status).toBe(400);
    expect(await post(url, JSON.stringify(body))).toEqual({ status: 200, json: { run_id: runId, status: "received" } });
    expect((await scene.reached(runId, "completed")).output).toEqual(body);
    expect(await post(url, "{}")).toMatchObject({
      status: 409,
      json: { error: { code: "waitpoint_already_resolved", outcome: "called" } },
    });
  });

  it("A-2 an address that was never given is 404", async () => {
    expect((await post(`http://h/api/callbacks/${"x".repeat(43)}`, "{}")).status).toBe(404);
  });
});
