import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { createCaller } from "@/server/routes/root";
import { hotPool } from "@/server/db/pools";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";

const bench = useWorkflowBench();
const customer = createCaller({ actor: null, requestId: "test" });

const schema = {
  type: "object",
  "x-order": ["name", "ssn", "terms"],
  required: ["ssn"],
  properties: {
    name: { type: "string" },
    ssn: { type: "string" },
    terms: { type: "boolean", const: true, default: true },
  },
};
const spec = {
  startNodeId: "ask",
  nodes: [
    { id: "ask", type: "collect_form", name: "Ask", description: "Only once.", schema, sensitive: ["ssn"] },
    { id: "end", type: "end", status: "completed" },
  ],
  edges: [{ from: "ask", to: "end", case: "submitted" }],
};

/** A conversation with a run of the form, and its request as the driver would freeze it. */
async function asked(slug: string) {
  await bench.createLive(slug, {
    spec,
    triggers: [{ id: "talk", type: "conversation", filter: "trigger.text == '" + slug + "'" }],
  });
  const { json } = await bench.call("POST", "/api/v1/conversations", { contact: { name: "Jane Doe" } });
  const token = String(json.link).split("/c/")[1] ?? "";
  await customer.conversations.send({ token, body: slug });
  const runId = (await customer.conversations.byToken({ token })).requests[0]?.id ?? "";
  const waitpointId = randomUUID();
  await hotPool().query(
    `insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, request)
     select $1, organization_id, id, workflow_id, 'ask', 'ask', 'form', $3 from runs where id = $2`,
    [waitpointId, runId, JSON.stringify({ title: "Your details", description: "Only once.", schema })],
  );
  return { token, runId, waitpointId };
}

async function recordStep(runId: string, step: { node: string; type: string; status: string; handle: string | null }) {
  await hotPool().query(
    `insert into step_runs (run_id, key, seq, generation, id, organization_id, node_id, name, type, status, handle)
     select id, $2, 1, 1, gen_random_uuid(), organization_id, $2, $2, $3, $4, $5 from runs where id = $1`,
    [runId, step.node, step.type, step.status, step.handle],
  );
}

async function endRun(runId: string, status: string, reason: string | null = null) {
  await hotPool().query("update runs set status = $2, failure_reason = $3, ended_at = now() where id = $1", [
    runId,
    status,
    reason,
  ]);
}

it("A40 A42 a form has its introduction; sent, it leaves a copy without what is sensitive, and nobody's consent", async () => {
  const { token, waitpointId } = await asked("details");
  const { forms, pastForms } = await customer.conversations.byToken({ token });
  expect([forms, pastForms]).toMatchObject([[{ waitpointId, introduction: "Only once.", hidden: ["ssn"] }], []]);
  const values = { name: "Jane", ssn: "078-05-1120" };
  await customer.conversations.submitForm({ token, waitpointId, values });
  const after = await customer.conversations.byToken({ token });
  expect(after.forms).toEqual([]);
  expect(after.pastForms).toEqual([
    {
      waitpointId,
      title: "Your details",
      askedAt: forms[0]?.askedAt,
      endedAt: expect.any(String),
      outcome: "sent",
      by: "you",
      schema,
      values: { name: "Jane", ssn: "••••" },
    },
  ]);
  const { rows } = await hotPool().query("select resolution from waitpoints where id = $1", [waitpointId]);
  expect(rows).toEqual([{ resolution: { values } }]);
});

it("A24 the server names the field of each answer that it refuses", async () => {
  const { token, waitpointId } = await asked("fields");
  await expect(
    customer.conversations.submitForm({ token, waitpointId, values: { ssn: 7, terms: false } }),
  ).rejects.toMatchObject({
    cause: { details: [{ path: "values.ssn" }, { path: "values.terms" }] },
  });
});

it("A45 says that one of the team was first, without a name", async () => {
  const { token, waitpointId } = await asked("first");
  const answered = await bench.call("POST", `/api/v1/forms/${waitpointId}/submit`, { values: { ssn: "1" } });
  expect(answered.status).toBe(200);
  const { pastForms } = await customer.conversations.byToken({ token });
  expect(pastForms).toMatchObject([{ outcome: "sent", by: "team" }]);
});

it("A22 a form that nobody answered does not look like success", async () => {
  const { token, runId, waitpointId } = await asked("late");
  await hotPool().query(
    "update waitpoints set status = 'resolved', outcome = 'timed_out', resolved_at = now(), resolved_via = 'timer' where id = $1",
    [waitpointId],
  );
  await recordStep(runId, { node: "ask", type: "collect_form", status: "failed", handle: null });
  await endRun(runId, "failed", "form_timed_out");
  const { requests, pastForms } = await customer.conversations.byToken({ token });
  expect(requests).toMatchObject([{ state: "timed_out", isOver: true, label: "Not answered in time", steps: [] }]);
  expect(pastForms).toMatchObject([{ outcome: "timed_out", by: null, values: {} }]);
});

it("A22 refused, nobody decided, failed and cancelled have words of their own, and tick nothing off", async () => {
  const { token, runId } = await asked("refused");
  await recordStep(runId, { node: "ask", type: "approval", status: "completed", handle: "rejected" });
  const shown = async (status: string, reason: string | null = null) => {
    await endRun(runId, status, reason);
    const [request] = (await customer.conversations.byToken({ token })).requests;
    return [request?.state, request?.label, request?.steps];
  };
  expect(await shown("completed")).toEqual(["declined", "Declined", []]);
  expect(await shown("cancelled")).toEqual(["cancelled", "Cancelled", []]);
  expect(await shown("failed", "step_failed")).toEqual([
    "failed",
    "Something went wrong; our team will look into it",
    [],
  ]);
  expect(await shown("failed", "approval_timed_out")).toEqual(["timed_out", "Nobody decided in time", []]);
  await hotPool().query("update step_runs set handle = 'approved' where run_id = $1", [runId]);
  expect(await shown("completed")).toEqual(["completed", "Done", [{ label: "Ask", state: "done" }]]);
});

it("A43 a handoff is no decision: a colleague writes", async () => {
  const { token, runId, waitpointId } = await asked("handoff");
  await hotPool().query("update waitpoints set kind = 'handoff', assignees = '{role:operator}' where id = $1", [
    waitpointId,
  ]);
  await recordStep(runId, { node: "ask", type: "human_handoff", status: "waiting", handle: null });
  expect((await customer.conversations.byToken({ token })).requests).toMatchObject([
    { state: "with_colleague", isOver: false, label: "A colleague will write to you here" },
  ]);
});

it("A37 a message with characters that no database keeps is refused at its place", async () => {
  const { token } = await asked("nul");
  await expect(customer.conversations.send({ token, body: "be\u0000fore" })).rejects.toMatchObject({
    cause: { code: "validation_failed", details: [{ path: "body" }] },
  });
});
