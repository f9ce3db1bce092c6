import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { callbackContext, createKeyRing } from "@/server/integrations/secrets/key-ring";
import { readCallbackToken } from "@/server/modules/runs/callback-token";
import { sweepRuns } from "@/server/modules/runs/sweep-store";
import { eventually, readRun, readSteps, startTestRun, testKeys } from "./runtime.testkit";
import { call, createScene, edges, type Scene } from "./scene.testkit";

const masterSecret = "a-secret-that-is-long-enough-for-this-test";

let scene: Scene;
beforeAll(async () => {
  scene = await createScene();
});
afterEach(() => {
  scene.answers.clear();
});
afterAll(() => scene.close());

const stepOf = async (runId: string, key: string) =>
  (await readSteps(scene.database.pool, runId)).find((step) => step.key === key);
const waitpointsOf = async (runId: string) =>
  (
    await scene.database.pool.query<{ status: string; outcome: string | null; resolved_via: string | null }>(
      "select status, outcome, resolved_via from waitpoints where run_id = $1",
      [runId],
    )
  ).rows;

const form = (more: object = {}, ways = edges(["form", "save"])) => ({
  startNodeId: "form",
  nodes: [
    {
      id: "form",
      type: "collect_form",
      title: "Address for ${input.name}",
      schema: { type: "object", properties: { city: { type: "string" } } },
      values: { city: "${input.city}" },
      ...more,
    },
    call("save", "/save", { body: { city: "${step.form.output.city}" } }),
    call("remind"),
  ],
  edges: ways,
});

it("F-23 collect_form waits with what it shows filled in, and what is submitted is its output", async () => {
  const flow = await scene.workflow(form());
  const id = await startTestRun(scene.worker, flow, { name: "Ann", city: "Oslo" });
  const asked = await scene.openWaitpoint(id);
  expect(asked).toMatchObject({
    kind: "form",
    key: "form",
    request: { title: "Address for Ann", values: { city: "Oslo" }, schema: { type: "object" } },
  });
  expect((await readRun(scene.database.pool, id))["status"]).toBe("waiting_form");
  expect(await scene.resolve(flow.organizationId, asked.id, "submitted", { values: { city: "Bergen" } })).toMatchObject(
    { ok: true },
  );
  expect((await scene.finished(id))["status"]).toBe("completed");
  expect(await stepOf(id, "form")).toMatchObject({
    status: "completed",
    output: { city: "Bergen" },
    summary: "Submitted",
  });
  expect(scene.calls.find((made) => made.key === `${id}:save`)?.body).toBe('{"city":"Bergen"}');
  expect(await scene.resolve(flow.organizationId, asked.id, "submitted", { values: { city: "Rome" } })).toMatchObject({
    ok: false,
    outcome: "submitted",
  });
});

it("F-23 a form nobody submits in time takes its way out, or fails the run with the reason", async () => {
  const connected = await startTestRun(
    scene.worker,
    await scene.workflow(form({ timeout: "PT0.2S" }, edges(["form", "save"], ["form", "remind", "timed_out"]))),
  );
  expect((await scene.finished(connected))["status"]).toBe("completed");
  expect(scene.callsOf(connected)).toEqual(["remind"]);
  expect(await waitpointsOf(connected)).toEqual([{ status: "resolved", outcome: "timed_out", resolved_via: "timer" }]);
  const alone = await startTestRun(scene.worker, await scene.workflow(form({ timeout: "PT0.2S" })));
  expect(await scene.finished(alone)).toMatchObject({
    status: "failed",
    failure_reason: "form_timed_out",
    error: { code: "form_timed_out", nodeId: "form" },
  });
  expect(scene.callsOf(alone)).toEqual([]);
});

it("F-27 human_handoff waits for a person, tells the customer once, and goes on when it is handed back", async () => {
  const flow = await scene.workflow({
    startNodeId: "hand",
    nodes: [
      {
        id: "hand",
        type: "human_handoff",
        assignTo: "role:manager",
        summary: "Wants ${input.wish}",
        message: "A person is on the way.",
      },
      {
        id: "out",
        type: "output",
        output: { how: "${step.hand.output.resolution}", note: "${step.hand.output.note}" },
      },
    ],
    edges: edges(["hand", "out"]),
  });
  const [contactId, conversationId] = [newId(), newId()];
  await scene.database.pool.query(
    "insert into contacts (id, organization_id, name, email) values ($1, $2, 'Ann', 'ann@acme.com')",
    [contactId, flow.organizationId],
  );
  await scene.database.pool.query(
    "insert into conversations (id, organization_id, contact_id, token_hash, token_sealed, updated_at) values ($1, $2, $3, $4, '', now())",
    [conversationId, flow.organizationId, contactId, newId()],
  );
  const { id } = await scene.worker.store.startRun({
    organizationId: flow.organizationId,
    workflowId: flow.workflowId,
    versionId: flow.versionId,
    version: 1,
    triggerType: "conversation",
    input: { wish: "a refund" },
    ownerId: flow.ownerId,
    initiatedBy: null,
    contactId,
    conversationId,
    first: null,
  });
  const asked = await scene.openWaitpoint(id);
  expect(asked).toMatchObject({ kind: "handoff", key: "hand", request: { summary: "Wants a refund", conversationId } });
  expect((await readRun(scene.database.pool, id))["status"]).toBe("waiting_human");
  const said = await scene.database.pool.query("select author, body from messages where conversation_id = $1", [
    conversationId,
  ]);
  expect(said.rows).toEqual([{ author: "workflow", body: "A person is on the way." }]);
  await scene.resolve(flow.organizationId, asked.id, "returned", { resolution: "solved", note: "paid back" });
  expect(await scene.finished(id)).toMatchObject({ status: "completed", output: { how: "solved", note: "paid back" } });
  expect((await stepOf(id, "hand"))?.summary).toBe("Handed back by Kim");
});

it("L5 a wait for a callback keeps its address only hashed and sealed, and goes on with what is posted there", async () => {
  const flow = await scene.workflow({
    startNodeId: "call",
    nodes: [
      { id: "call", type: "wait", callback: true },
      { id: "out", type: "output", output: "${step.call.output}" },
    ],
    edges: edges(["call", "out"]),
  });
  const id = await startTestRun(scene.worker, flow);
  const asked = await scene.openWaitpoint(id);
  expect((await readRun(scene.database.pool, id))["status"]).toBe("waiting_async");
  const sealed = String(asked.request["callbackUrlSealed"]);
  const address = createKeyRing(testKeys).open(sealed, callbackContext(flow.organizationId, asked.id));
  const token = address.slice(address.lastIndexOf("/") + 1);
  expect(address).toBe(`http://127.0.0.1:1/api/callbacks/${token}`);
  expect(readCallbackToken(masterSecret, token)).toEqual({ runId: id, key: "call" });
  const rest = await scene.database.pool.query("select 1 from waitpoints where to_jsonb(waitpoints)::text like $1", [
    `%${token}%`,
  ]);
  expect(rest.rowCount).toBe(0);
  // As the REST route finds it.
  const { rows } = await scene.database.pool.query<{ id: string }>("select id from waitpoints where token_hash = $1", [
    createHash("sha256").update(token).digest("hex"),
  ]);
  expect(rows).toEqual([{ id: asked.id }]);
  expect(await scene.resolve(flow.organizationId, asked.id, "called", { body: { paid: true } })).toMatchObject({
    ok: true,
  });
  expect(await scene.finished(id)).toMatchObject({ status: "completed", output: { paid: true } });
  expect(await scene.resolve(flow.organizationId, asked.id, "called", { body: { paid: false } })).toMatchObject({
    ok: false,
    outcome: "called",
  });
});

it("a callback that does not come in time fails its step; connected, it takes its way out", async () => {
  const wait = { id: "call", type: "wait", callback: true, timeout: "PT0.2S" };
  const alone = await startTestRun(
    scene.worker,
    await scene.workflow({ startNodeId: "call", nodes: [wait, call("next")], edges: edges(["call", "next"]) }),
  );
  expect(await scene.finished(alone)).toMatchObject({
    status: "failed",
    error: { code: "wait_timed_out", nodeId: "call" },
  });
  const connected = await startTestRun(
    scene.worker,
    await scene.workflow({
      startNodeId: "call",
      nodes: [wait, call("next"), call("late")],
      edges: edges(["call", "next"], ["call", "late", "timed_out"]),
    }),
  );
  expect((await scene.finished(connected))["status"]).toBe("completed");
  expect(scene.callsOf(connected)).toEqual(["late"]);
});

it("F-17 the result line of a step is what its template says, not raw JSON", async () => {
  scene.answers.set("/preview", { body: { display: "$42.60 prorated", lines: [{ cents: 4260 }] } });
  const flow = await scene.workflow({
    startNodeId: "preview",
    nodes: [
      call("preview", "/preview", { result: "${output.display}" }),
      call("sum", "/preview", { result: "${output.lines[0].cents / 100} for ${input.name}" }),
      call("missing", "/preview", { result: "${output.nothing}" }),
    ],
    edges: edges(["preview", "sum"], ["sum", "missing"]),
  });
  const id = await startTestRun(scene.worker, flow, { name: "Ann" });
  expect((await scene.finished(id))["status"]).toBe("completed");
  expect((await stepOf(id, "preview"))?.summary).toBe("$42.60 prorated");
  expect((await stepOf(id, "sum"))?.summary).toMatch(/^42\.6 for Ann$/);
  expect((await stepOf(id, "missing"))?.summary).toBeNull();
});

it("F-20 F-25 notify on two channels writes exactly its two deliveries, also when a second driver asks for the same step", async () => {
  const flow = await scene.workflow({
    startNodeId: "tell",
    nodes: [
      {
        id: "tell",
        type: "notify",
        channels: ["whatsapp", "email"],
        to: "ann@acme.com",
        subject: "Done",
        message: "Hello ${input.name}",
      },
      { id: "ask", type: "approval", assignTo: "role:manager" },
      call("act"),
    ],
    edges: edges(["tell", "ask"], ["ask", "act", "approved"]),
  });
  await scene.database.pool.query(
    "insert into contacts (id, organization_id, name, email, phone) values ($1, $2, 'Ann', 'ann@acme.com', '+15550100')",
    [newId(), flow.organizationId],
  );
  const id = await startTestRun(scene.worker, flow, { name: "Ann" });
  const asked = await scene.openWaitpoint(id);
  // What a driver that lost its memory does: it begins with the same step of the same generation.
  await scene.database.pool.query("insert into event_outbox (id, name, data) values ($1, 'run/requested', $2)", [
    newId(),
    { runId: id, generation: 1, first: "tell" },
  ]);
  await scene.database.pool.query("select pg_notify('hp_events', '')");
  await eventually(
    async () => (await scene.database.pool.query("select 1 from event_outbox where name = 'run/requested'")).rowCount,
    (count) => count === 0,
  );
  await scene.worker.executor.idle();
  await scene.resolve(flow.organizationId, asked.id, "approved");
  expect((await scene.finished(id))["status"]).toBe("completed");
  const { rows } = await scene.database.pool.query(
    "select channel, address, subject, body, kind, step_key from deliveries where run_id = $1 order by channel",
    [id],
  );
  const same = { subject: "Done", body: "Hello Ann", kind: "message", step_key: "tell" };
  expect(rows).toEqual([
    { channel: "email", address: "ann@acme.com", ...same },
    { channel: "whatsapp", address: "+15550100", ...same },
  ]);
  expect(await stepOf(id, "tell")).toMatchObject({
    status: "completed",
    summary: "WhatsApp + Email",
    output: { sent: ["whatsapp", "email"] },
  });
  expect(scene.callsOf(id)).toEqual(["act"]);
});

it("a run older than its limit fails with the reason max_age, and what it waited for is closed", async () => {
  const document = {
    startNodeId: "see",
    nodes: [
      { id: "see", type: "transform", expression: { n: 1 } },
      { id: "ask", type: "approval", assignTo: "role:manager" },
      call("act"),
    ],
    edges: edges(["see", "ask"], ["ask", "act", "approved"]),
  };
  const flow = await scene.workflow(document, { maxAgeMs: 400 });
  const id = await startTestRun(scene.worker, flow);
  const find = async () =>
    (
      await scene.database.pool.query<{ id: string; status: string }>(
        "select id, status from waitpoints where run_id = $1 and kind = 'approval'",
        [id],
      )
    ).rows[0];
  const asked = await eventually(find, (row) => row !== undefined);
  expect(await scene.finished(id)).toMatchObject({
    status: "failed",
    failure_reason: "max_age",
    error: { code: "max_age" },
  });
  expect((await find())?.status).toBe("cancelled");
  expect(await scene.resolve(flow.organizationId, asked?.id ?? "", "approved")).toMatchObject({ ok: false });
  const inTime = await startTestRun(
    scene.worker,
    await scene.workflow(
      { ...document, nodes: [document.nodes[0], call("act")], edges: edges(["see", "act"]) },
      { maxAgeMs: 60_000 },
    ),
  );
  expect((await scene.finished(inTime))["status"]).toBe("completed");
  expect(await waitpointsOf(inTime)).toMatchObject([{ status: "cancelled" }]);
});

it("3.19 a timer of nine years is a wait that the executor takes, and it ends when its time comes", async () => {
  const until = new Date(Date.now() + 9 * 365 * 86_400_000).toISOString();
  const id = await startTestRun(
    scene.worker,
    await scene.workflow({
      startNodeId: "nap",
      nodes: [{ id: "nap", type: "wait", until }, call("next")],
      edges: edges(["nap", "next"]),
    }),
  );
  await scene.openWaitpoint(id);
  await scene.worker.executor.idle();
  expect(await readRun(scene.database.pool, id)).toMatchObject({ status: "waiting_async", generation: 1, revivals: 0 });
  await scene.database.pool.query("update waitpoints set due_at = now() - interval '10 seconds' where run_id = $1", [
    id,
  ]);
  expect((await sweepRuns(scene.database.pool)).woken).toBe(1);
  expect(await scene.finished(id)).toMatchObject({ status: "completed", generation: 1 });
  expect(scene.callsOf(id)).toEqual(["next"]);
});

it("a timer that is over before its wait is registered ends at once", async () => {
  const until = new Date(Date.now() - 60_000).toISOString();
  const flow = await scene.workflow({
    startNodeId: "first",
    nodes: [call("first"), { id: "nap", type: "wait", until: "${input.until}" }, call("next")],
    edges: edges(["first", "nap"], ["nap", "next"]),
  });
  for (const input of [{ until }, { until: new Date(Date.now() + 5).toISOString() }])
    expect((await scene.finished(await startTestRun(scene.worker, flow, input)))["status"]).toBe("completed");
});
