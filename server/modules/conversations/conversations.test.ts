import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/core/ids";
import { rest } from "@/server/api/rest/client.testkit";
import { createCaller } from "@/server/routes/root";
import { addTestMember, createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { hotPool } from "@/server/db/pools";
import { insertTestConnections } from "@/server/modules/workflows/workflows.testkit";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;
const customer = createCaller({ actor: null, requestId: "test" });

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  south = await createTestOrganization("south");
  await insertTestConnections(north.id, ["identity", "stripe"]);
  await addTestMember({
    organizationId: north.id,
    role: "approver",
    email: "max@north.holdpoint.test",
    businessRoles: ["manager"],
  });
  const upgrade: unknown = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../../core/workflow/fixtures/subscription-upgrade.json"), "utf8"),
  );
  await call("POST", "/api/workflows", upgrade);
  expect((await call("POST", "/api/workflows/subscription-upgrade/publish")).status).toBe(200);
});
afterAll(() => database.close());

const call = (method: string, path: string, body?: unknown) => rest(north.members.owner.apiKey, method, path, body);

async function openConversation(email: string): Promise<{ id: string; token: string }> {
  const { status, json } = await call("POST", "/api/v1/conversations", {
    contact: { name: "Jane Doe", email, plan: "pro" },
    subject: "Your plan",
    quick_replies: [{ value: "upgrade", label: "Upgrade my plan" }],
  });
  expect(status).toBe(201);
  return { id: json.id, token: json.link.split("/c/")[1] };
}

async function requestRun(token: string): Promise<string> {
  await customer.conversations.send({ token, body: "Upgrade my plan", quickReply: "upgrade" });
  return (await customer.conversations.byToken({ token })).requests[0]?.id ?? "";
}

describe("the customer's page", () => {
  it("F-13 F-31 a quick reply is kept and starts the workflow that listens to it", async () => {
    const { id, token } = await openConversation("jane@acme.com");
    const runId = await requestRun(token);
    const { rows } = await hotPool().query(
      "select input, trigger_label, requested_by, conversation_id, contact_id from runs where id = $1",
      [runId],
    );
    expect(rows[0]).toMatchObject({
      input: { email: "jane@acme.com", current_plan: "pro", conversationId: id },
      trigger_label: "Customer request",
      requested_by: "jane@acme.com",
      conversation_id: id,
      contact_id: expect.any(String),
    });
    const page = await customer.conversations.byToken({ token });
    expect(page).toMatchObject({
      organization: "north",
      contact: { name: "Jane Doe", email: "jane@acme.com" },
      messages: [{ author: "contact", body: "Upgrade my plan" }],
      quickReplies: [{ value: "upgrade", label: "Upgrade my plan" }],
    });
    expect(page.requests[0]).toMatchObject({
      title: "Subscription Upgrade",
      state: "working",
      label: "We are working on it",
    });
    // What may come is not promised before anybody decided it.
    expect(page.requests[0]?.steps).toEqual([]);
  });

  it("other words are kept and start nothing that is not for them", async () => {
    const { id, token } = await openConversation("words@acme.com");
    await customer.conversations.send({ token, body: "Hello?" });
    const page = await customer.conversations.byToken({ token });
    expect([page.messages.map(({ body }) => body), page.requests]).toEqual([["Hello?"], []]);
    await call("POST", `/api/v1/conversations/${id}/messages`, { body: "How can we help?" });
    expect((await customer.conversations.byToken({ token })).messages.map(({ author }) => author)).toEqual([
      "contact",
      "operator",
    ]);
    await expect(customer.conversations.send({ token, body: "x", quickReply: "forged" })).rejects.toMatchObject({
      cause: { code: "validation_failed" },
    });
  });

  it("F-18 says what a request waits for, without names of people", async () => {
    const { token } = await openConversation("waits@acme.com");
    const runId = await requestRun(token);
    await addStep(runId, "verify", "tool_call", "completed", 1);
    await addStep(runId, "approve", "approval", "waiting", 2);
    await openWaitpoint(runId, "approve", "approval", { actionLabel: "x" });
    const [request] = (await customer.conversations.byToken({ token })).requests;
    expect(request).toMatchObject({
      state: "waiting_for_people",
      steps: [
        { label: "Verify customer identity", state: "done" },
        { label: "Manager approval required", state: "now" },
      ],
    });
  });

  it("F-23 shows the forms of its own runs and takes their answers, once", async () => {
    const { token } = await openConversation("form@acme.com");
    const other = await openConversation("other@acme.com");
    const runId = await requestRun(token);
    const schema = {
      type: "object",
      required: ["seats"],
      properties: { seats: { type: "integer" }, plan: { default: "pro" } },
    };
    const asked = { title: "How many seats?", description: "For your contract.", schema };
    const waitpointId = await openWaitpoint(runId, "details", "form", asked);
    const page = await customer.conversations.byToken({ token });
    const shown = { title: asked.title, introduction: asked.description, schema, values: {}, hidden: [] };
    expect([page.requests[0]?.state, page.forms]).toEqual([
      "waiting_for_you",
      [{ waitpointId, askedAt: expect.any(String), ...shown }],
    ]);
    await expect(
      customer.conversations.submitForm({ token: other.token, waitpointId, values: { seats: 3 } }),
    ).rejects.toMatchObject({ cause: { code: "not_found" } });
    await expect(
      customer.conversations.submitForm({ token, waitpointId, values: { seats: "3" } }),
    ).rejects.toMatchObject({ cause: { code: "validation_failed" } });
    await customer.conversations.submitForm({ token, waitpointId, values: { seats: 3 } });
    await expect(customer.conversations.submitForm({ token, waitpointId, values: { seats: 4 } })).rejects.toMatchObject(
      { cause: { code: "waitpoint_already_resolved" } },
    );
    expect(
      (
        await hotPool().query("select resolution, resolved_via, resolved_by_name from waitpoints where id = $1", [
          waitpointId,
        ])
      ).rows[0],
    ).toEqual({
      resolution: { values: { seats: 3, plan: "pro" } },
      resolved_via: "link",
      resolved_by_name: "Jane Doe",
    });
  });

  it("opens with its link alone, and keeps the token only sealed", async () => {
    const { token } = await openConversation("link@acme.com");
    await expect(customer.conversations.byToken({ token: `${token}x` })).rejects.toMatchObject({
      cause: { code: "not_found" },
    });
    const dump = await hotPool().query(
      "select to_jsonb(c) as row from conversations c union all select to_jsonb(a) from audit_entries a union all select to_jsonb(e) from inbound_events e",
    );
    expect(JSON.stringify(dump.rows)).not.toContain(token);
  });

  it("slows down who sends too much", async () => {
    const { token } = await openConversation("fast@acme.com");
    const answers = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) =>
        customer.conversations.send({ token, body: `message ${String(index)}` }),
      ),
    );
    const refused = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason.cause.code] : []));
    expect(new Set(refused)).toEqual(new Set(["rate_limited"]));
  });
});

it("M-15 a new contact is an event under both its names, and a known one is not new", async () => {
  for (const event of ["contact.created", "customer.created", "conversation.opened"]) {
    const slug = event.replace(".", "-");
    await call("POST", "/api/workflows", {
      slug,
      name: slug,
      spec: { startNodeId: "a", nodes: [{ id: "a", type: "transform", expression: 1 }], edges: [] },
      triggers: [{ id: "on", type: "event", event }],
    });
    await call("POST", `/api/workflows/${slug}/publish`);
  }
  const count = async (slug: string) =>
    (await call("GET", `/api/workflows/${slug}/executions`)).json.data.executions.length;
  await openConversation("new@acme.com");
  await openConversation("NEW@acme.com");
  expect([await count("contact-created"), await count("customer-created"), await count("conversation-opened")]).toEqual(
    [1, 1, 2],
  );
  const contacts = (await call("GET", "/api/v1/contacts?limit=200")).json.contacts.filter(
    ({ email }: { email: string }) => email === "new@acme.com",
  );
  expect(contacts).toHaveLength(1);
  expect((await rest(south.members.owner.apiKey, "GET", `/api/v1/contacts/${contacts[0].id}`)).status).toBe(404);
});

it("conversations of another organization are not there", async () => {
  const { id } = await openConversation("tenant@acme.com");
  expect((await rest(south.members.owner.apiKey, "GET", `/api/v1/conversations/${id}`)).status).toBe(404);
  expect(
    (await rest(south.members.owner.apiKey, "POST", `/api/v1/conversations/${id}/messages`, { body: "x" })).status,
  ).toBe(404);
  expect((await rest(south.members.owner.apiKey, "GET", "/api/v1/conversations")).json.conversations).toEqual([]);
  expect((await rest(north.members.viewer.apiKey, "GET", `/api/v1/conversations/${id}`)).json).not.toHaveProperty(
    "link",
  );
});

it("the mailbox is the demo organization's only", async () => {
  const page = createCaller({ actor: north.members.viewer.actor, requestId: "test" });
  await expect(page.mailbox.list()).rejects.toMatchObject({ cause: { code: "not_found" } });
  await hotPool().query("update organizations set is_demo = true where id = $1", [north.id]);
  await hotPool().query(
    "insert into deliveries (id, organization_id, kind, channel, address, body, status) values ($1, $2, 'message', 'whatsapp', '+1 555 0100', 'Done', 'captured')",
    [newId(), north.id],
  );
  const { items } = await page.mailbox.list();
  expect(items.filter(({ channel }) => channel === "whatsapp")).toMatchObject([
    { channel: "whatsapp", address: "+1 555 0100", body: "Done", status: "captured" },
  ]);
});

async function addStep(runId: string, nodeId: string, type: string, status: string, seq: number): Promise<void> {
  await hotPool().query(
    "insert into step_runs (run_id, key, seq, generation, id, organization_id, node_id, name, type, status, started_at) values ($1, $2, $3, 1, $4, $5, $2, $2, $6, $7, now())",
    [runId, nodeId, seq, newId(), north.id, type, status],
  );
}

async function openWaitpoint(runId: string, nodeId: string, kind: string, request: unknown): Promise<string> {
  const id = newId();
  await hotPool().query(
    "insert into waitpoints (id, organization_id, run_id, workflow_id, key, node_id, kind, request) select $1, $2, id, workflow_id, $4, $4, $5, $6 from runs where id = $3",
    [id, north.id, runId, nodeId, kind, JSON.stringify(request)],
  );
  return id;
}
