import { expect, it } from "vitest";
import { newId } from "@/core/ids";
import { readRun, startTestRun } from "./runtime.testkit";
import { call, edges } from "./scene.testkit";
import { scene, stepOf, waitpointsOf } from "./waits.testkit";

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
