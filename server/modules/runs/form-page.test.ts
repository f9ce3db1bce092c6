import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readId } from "@/core/ids";
import { rest } from "@/server/api/rest/client.testkit";
import type { UserActor } from "@/server/db/tenant";
import { env } from "@/server/env";
import { createCaller } from "@/server/routes/root";
import { stepToken } from "@/server/step-token";
import { isFormPage } from "./form-page";
import { createRunsScene, edge, type RunsScene } from "./runs.testkit";

/** A2, rows 43 and 47: the page of a form step. */

const schema = {
  type: "object",
  required: ["city"],
  properties: { city: { type: "string" }, pin: { type: "string" } },
};

let scene: RunsScene;
beforeAll(async () => {
  scene = await createRunsScene();
  const ask = { id: "ask", type: "collect_form", deliverTo: "page", title: "Your ${input.what}", schema };
  await scene.publish("page", {
    startNodeId: "send",
    nodes: [
      { id: "send", type: "transform", expression: { url: "${run.form('ask')}" } },
      { id: "go", type: "approval", assignTo: "role:owner" },
      { ...ask, description: "Only once.", timeoutHours: 24, sensitive: ["pin"] },
      { id: "pay", type: "approval", assignTo: ["role:owner", "role:admin"], policy: { requesterCannotApprove: true } },
    ],
    edges: [edge("send", "go"), edge("go", "ask", "approved"), edge("ask", "pay", "submitted")],
  });
});
afterAll(() => scene.close());

const inDatabase = (runId: string) => readId("run", runId) ?? "";
const api = (actor: UserActor | null) => createCaller({ actor, requestId: "", method: "POST" }).runs;
const page = (token: string, submissionId?: string) =>
  api(null).formPage({ token, ...(submissionId === undefined ? {} : { submissionId }) });
const submit = (token: string, values: Record<string, unknown>, more: { id?: string; as?: UserActor } = {}) =>
  api(more.as ?? null).submitFormPage({ token, values: values as never, submissionId: more.id ?? randomUUID() });

async function handedOut(runId: string): Promise<string> {
  const { rows } = await scene.database.pool.query<{ url: string }>(
    "select output->>'url' as url from step_runs where run_id = $1 and key = 'send'",
    [inDatabase(runId)],
  );
  return rows[0]?.url.split("/f/")[1] ?? "";
}

async function decide(runId: string, key: string, apiKey = scene.north.members.owner.apiKey) {
  const { rows } = await scene.database.pool.query<{ id: string }>(
    "select id from waitpoints where run_id = $1 and key = $2 and status = 'open'",
    [inDatabase(runId), key],
  );
  return rest(apiKey, "POST", `/api/v1/approvals/${rows[0]?.id ?? ""}/approve`, {});
}

async function ahead(): Promise<{ runId: string; token: string }> {
  const runId = await scene.start("page", { what: "address" });
  await scene.reached(runId, "waiting_approval");
  return { runId, token: await handedOut(runId) };
}

async function open(): Promise<{ runId: string; token: string }> {
  const begun = await ahead();
  expect(await decide(begun.runId, "go")).toMatchObject({ status: 200 });
  await scene.reached(begun.runId, "waiting_form");
  return begun;
}

describe("A2 the page of a form", () => {
  it("says that the form comes, shows it when it is there, takes one answer, and shows it again to who sent it", async () => {
    const { runId, token } = await ahead();
    expect(isFormPage(token)).toBe(true);
    expect(await page(token)).toEqual({ organization: "north", state: "ahead" });
    await expect(submit(token, { city: "Wien" })).rejects.toThrow("takes no answers at the moment");
    await decide(runId, "go");
    await scene.reached(runId, "waiting_form");
    expect(await page(token)).toEqual({
      organization: "north",
      state: "open",
      title: "Your address",
      introduction: "Only once.",
      schema: expect.objectContaining(schema),
      values: {},
      hidden: ["pin"],
      dueAt: expect.any(String),
    });
    await expect(submit(token, {})).rejects.toMatchObject({ cause: { details: [{ path: "values.city" }] } });
    const id = randomUUID();
    const both = await Promise.all([1, 2].map(() => submit(token, { city: "Wien", pin: "kestrel" }, { id })));
    expect(both).toEqual([{ ok: true }, { ok: true }]);
    await scene.reached(runId, "waiting_approval");
    expect(await page(token, id)).toMatchObject({ state: "sent", values: { city: "Wien", pin: "••••" } });
    const others = await page(token);
    expect(others).toMatchObject({ state: "answered", by: "link" });
    expect(JSON.stringify(others)).not.toContain("Wien");
    await expect(submit(token, { city: "Graz" })).rejects.toThrow("Somebody else has answered");
    const { rows } = await scene.database.pool.query(
      "select output from step_runs where run_id = $1 and key = 'ask' and not superseded",
      [inDatabase(runId)],
    );
    expect(rows).toEqual([{ output: { city: "Wien", pin: "kestrel" } }]);
  });

  it("looking changes nothing, and needs POST", async () => {
    const { runId, token } = await open();
    const seen = () =>
      scene.database.pool.query(
        "select r.begun_with, w.status, w.known_to, (select count(*) from audit_entries) as audit from runs r join waitpoints w on w.run_id = r.id where r.id = $1 and w.kind = 'form'",
        [inDatabase(runId)],
      );
    const before = (await seen()).rows;
    await page(token);
    expect((await seen()).rows).toEqual(before);
    await expect(createCaller({ actor: null, requestId: "", method: "GET" }).runs.formPage({ token })).rejects.toThrow(
      "POST",
    );
  });

  it("says when a colleague answered, when time ran out, and when the run is over", async () => {
    const answered = await open();
    const { rows } = await scene.database.pool.query<{ id: string }>(
      "select id from waitpoints where run_id = $1 and kind = 'form'",
      [inDatabase(answered.runId)],
    );
    const sent = await scene.call("POST", `/api/v1/forms/${rows[0]?.id ?? ""}/submit`, { values: { city: "Linz" } });
    expect(sent.status).toBe(200);
    expect(await page(answered.token)).toMatchObject({ state: "answered", by: "team", title: "Your address" });
    const late = await open();
    await scene.database.pool.query(
      "update waitpoints set status = 'resolved', outcome = 'timed_out', resolved_via = 'timer', resolved_at = now() where run_id = $1 and kind = 'form'",
      [inDatabase(late.runId)],
    );
    expect(await page(late.token)).toMatchObject({ state: "expired" });
    await expect(submit(late.token, { city: "Wien" })).rejects.toThrow("takes no answers any more");
    for (const { runId, token } of [await open(), await ahead()]) {
      await scene.call("POST", `/api/v1/workflows/${runId}/cancel`, {});
      await scene.reached(runId, "cancelled");
      expect(await page(token)).toEqual({ organization: "north", state: "over" });
    }
  });

  it("a wrong, a forged and a callback's token open nothing, and say the same as one that never was", async () => {
    const { runId, token } = await open();
    const place = { runId: inDatabase(runId), key: "ask" };
    const forged = stepToken(`${env().NEXTAUTH_SECRET}x`, "form", place);
    const callback = stepToken(env().NEXTAUTH_SECRET, "callback", place);
    const elsewhere = stepToken(env().NEXTAUTH_SECRET, "form", { ...place, runId: randomUUID() });
    for (const wrong of [forged, callback, elsewhere, "x".repeat(48)]) {
      await expect(page(wrong)).rejects.toThrow("This link does not open a form.");
      await expect(submit(wrong, { city: "Wien" })).rejects.toThrow("This link does not open a form.");
    }
    expect(await rest("", "POST", `/api/callbacks/${token}`, {})).toMatchObject({ status: 404 });
    expect([forged, callback].map(isFormPage)).toEqual([false, false]);
  });

  it("what members are asked is theirs alone, whoever has the address", async () => {
    await scene.publish("team", {
      startNodeId: "ask",
      nodes: [{ id: "ask", type: "collect_form", assignTo: "role:owner", schema }],
      edges: [],
    });
    const runId = await scene.start("team");
    await scene.reached(runId, "waiting_form");
    const token = stepToken(env().NEXTAUTH_SECRET, "form", { runId: inDatabase(runId), key: "ask" });
    await expect(page(token)).rejects.toThrow("does not open a form");
    await expect(submit(token, { city: "Wien" })).rejects.toThrow("does not open a form");
  });
});

describe("A2 four eyes count whoever was shown the address of a form", () => {
  const knownTo = async (runId: string) =>
    (
      await scene.database.pool.query<{ begun_with: string[] }>("select begun_with from runs where id = $1", [
        inDatabase(runId),
      ])
    ).rows[0]?.begun_with;
  const waiting = async (runId: string) =>
    (await scene.call("GET", `/api/v1/runs/${runId}`)).json.steps.find(
      (step: { node_id: string }) => step.node_id === "ask",
    ).waiting;

  it("stands at the step that waits, for who builds workflows, and nowhere else", async () => {
    const { runId, token } = await open();
    const { viewer, admin } = scene.north.members;
    const seen = await rest(viewer.apiKey, "GET", `/api/v1/runs/${runId}`);
    expect([seen.status, JSON.stringify(seen.json).includes(token)]).toEqual([200, false]);
    for (const path of ["", "/events", "/steps"])
      expect(
        JSON.stringify((await scene.call("GET", `/api/v1/workflows/${runId}${path}`)).json.steps?.[0] ?? ""),
      ).not.toContain(token);
    const shown = await rest(admin.apiKey, "GET", `/api/v1/runs/${runId}`);
    expect(JSON.stringify(shown.json)).toContain(`/f/${token}`);
    expect(await knownTo(runId)).toContain(admin.actor.userId);
  });

  it("bars who copied it on the run's page, and lets another person approve", async () => {
    const { runId, token } = await open();
    const { admin, owner, viewer } = scene.north.members;
    const { waitpointId } = await scene.database.pool
      .query<{ id: string }>("select id from waitpoints where run_id = $1 and kind = 'form'", [inDatabase(runId)])
      .then(({ rows }) => ({ waitpointId: rows[0]?.id ?? "" }));
    await expect(api(viewer.actor).formAddress({ waitpointId })).rejects.toThrow("forms:submit");
    await expect(api(scene.south.members.owner.actor).formAddress({ waitpointId })).rejects.toThrow("no such form");
    const detail = await api(admin.actor).get({ id: runId });
    expect(JSON.stringify(detail)).not.toContain(token);
    expect(detail.steps.find(({ nodeId }) => nodeId === "ask")?.waiting).toMatchObject({ hasPage: true });
    expect((await api(admin.actor).formAddress({ waitpointId })).url).toContain(token);
    expect(await knownTo(runId)).toContain(admin.actor.userId);
    await submit(token, { city: "Wien" });
    await scene.reached(runId, "waiting_approval");
    expect(await decide(runId, "pay", admin.apiKey)).toMatchObject({
      status: 403,
      json: { error: { code: "requester_cannot_approve" } },
    });
    expect(owner.actor.userId).not.toBe(admin.actor.userId);
  });

  it("bars a colleague who answers in somebody's place while signed in", async () => {
    const { runId, token } = await open();
    const { admin } = scene.north.members;
    await submit(token, { city: "Wien" }, { as: admin.actor });
    await scene.reached(runId, "waiting_approval");
    expect(await decide(runId, "pay", admin.apiKey)).toMatchObject({ status: 403 });
    expect(await waiting(runId)).toBeNull();
  });
});
