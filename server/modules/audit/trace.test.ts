import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCaller } from "@/server/routes/root";
import { rest } from "@/server/api/rest/client.testkit";
import { addTestMember, storedPassword } from "@/server/auth/identity.testkit";
import { signIn } from "@/server/auth/sign-in";
import { installation, noteSignedOut } from "@/server/auth/sign-in-trace";
import { fireDueSchedules } from "@/server/modules/triggers/service";
import { triggersApi } from "@/server/modules/triggers/triggers.testkit";
import { post } from "@/server/modules/webhooks/webhooks.testkit";
import { createRunsScene, edge, effect, type RunsScene } from "@/server/modules/runs/runs.testkit";

interface Line {
  action: string;
  subject_type: string;
  subject_id: string;
  actor: { type: string; id: string };
  data: Record<string, unknown> | null;
  address: string | null;
  auth: string;
  payload_hash: string | null;
}

let scene: RunsScene;
const from = { "x-forwarded-for": "203.0.113.9" };

beforeAll(async () => {
  scene = await createRunsScene();
  const input = { type: "object", properties: { amount: { type: "number" } } };
  const ask = { id: "ask", type: "approval", assignTo: "role:owner" };
  await scene.publish("gate", {
    startNodeId: "ask",
    nodes: [ask, effect("act")],
    edges: [edge("ask", "act", "approved")],
  });
  await scene.publish("pay", {
    startNodeId: "pay",
    nodes: [effect("pay", { path: "/pay/${input.amount}" })],
    edges: [],
    inputSchema: input,
  });
  await scene.publish("granted", {
    startNodeId: "ask",
    nodes: [{ ...ask, timeout: "PT1S", onTimeout: "approve" }, effect("act")],
    edges: [edge("ask", "act", "approved")],
  });
});
afterAll(() => scene.close());

async function lines(action: string, subject?: string): Promise<Line[]> {
  const { rows } = await scene.database.pool.query<Line>(
    "select * from audit_entries where action = $1 and ($2::text is null or subject_id = $2) order by id",
    [action, subject ?? null],
  );
  return rows;
}
const plainId = async (runId: string): Promise<string> => {
  const { rows } = await scene.database.pool.query<{ id: string }>(
    "select id from runs order by created_at desc limit 1",
  );
  return rows[0]?.id ?? runId;
};
const hashOf = async (sql: string, id: string): Promise<string> => {
  const { rows } = await scene.database.pool.query<{ text: string }>(sql, [id]);
  return createHash("sha256")
    .update(rows[0]?.text ?? "")
    .digest("hex");
};

describe("M6 what people do leaves a line", () => {
  it("M6 a run's start names who, from where, proven how, and the hash of what was sent", async () => {
    const sent = { template_id: "gate", input: { amount: 5 } };
    const { json } = await scene.call("POST", "/api/v1/workflows", sent, from);
    const id = await plainId(json.id);
    const [line] = await lines("run.started", id);
    expect(line).toMatchObject({
      subject_type: "run",
      actor: { type: "api_key", id: scene.north.members.owner.keyId },
      address: "203.0.113.9",
      auth: "api_key",
      data: { trigger: "api", version: 1 },
      payload_hash: await hashOf("select input::text as text from runs where id = $1", id),
    });
  });

  it("M6 4.3 a decision keeps the hash of what was shown", async () => {
    const id = await scene.start("gate");
    const { approvals } = await scene.reached(id, "waiting_approval");
    expect((await scene.call("POST", `/api/v1/approvals/${approvals[0].id}/approve`, {}, from)).status).toBe(200);
    const line = (await lines("approval.approved")).at(-1);
    expect(line).toMatchObject({ address: "203.0.113.9", auth: "api_key" });
    expect(line?.payload_hash).toBe(
      await hashOf("select request::text as text from waitpoints where id = $1", line?.subject_id ?? ""),
    );
  });

  it("M6 a grant by timeout is told, with the way that was taken", async () => {
    await scene.reached(await scene.start("granted"), "completed");
    expect(await lines("approval.timed_out")).toEqual([
      expect.objectContaining({
        subject_type: "approval",
        actor: expect.objectContaining({ type: "system" }),
        auth: "system",
        data: expect.objectContaining({ nodeId: "ask", taken: "approved" }),
        payload_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      }),
    ]);
  });

  it("M6 H8 a retry tells the correction, the step and the reason", async () => {
    scene.broken.add("/pay/1");
    const id = await scene.start("pay", { amount: 1 });
    await scene.reached(id, "failed");
    const body = { from_step: "pay", patch: { amount: 4_711 }, reason: "wrong amount" };
    expect((await scene.call("POST", `/api/v1/workflows/${id}/retry`, body, from)).status).toBe(200);
    const [line] = await lines("run.retry");
    expect(line).toMatchObject({ data: { reason: "wrong amount", fromStep: "pay", patch: { amount: 4_711 } } });
    expect(line?.payload_hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("M6 events, test calls of connections, their changes, replies and exports", async () => {
    await scene.call("POST", "/api/v1/events", { name: "order.paid", data: {} }, from);
    expect(await lines("event.sent")).toEqual([
      expect.objectContaining({ data: { name: "order.paid" }, address: "203.0.113.9" }),
    ]);
    await scene.call("POST", "/api/v1/connections/echo/test", { path: "/hello" });
    expect(await lines("connection.tested")).toEqual([
      expect.objectContaining({ data: { slug: "echo", path: "/hello", ok: true, status: 200 } }),
    ]);
    const changed = await scene.call("PATCH", "/api/v1/connections/echo", {
      name: "Echo 2",
      auth: { type: "bearer", token: "canary-token-1" },
    });
    expect(changed.status).toBe(200);
    const [change] = await lines("connection.updated");
    expect(change?.data).toMatchObject({
      before: { name: "echo", authType: "none" },
      after: { name: "Echo 2", authType: "bearer" },
    });
    expect(JSON.stringify(change)).not.toContain("canary");
    const opened = await scene.call("POST", "/api/v1/conversations", {
      contact: { name: "Cleo", email: "c@acme.test" },
      subject: "Hello",
    });
    await scene.call("POST", `/api/v1/conversations/${opened.json.id}/messages`, { body: "Good day" });
    expect(await lines("conversation.replied")).toHaveLength(1);
    const page = createCaller({ actor: scene.north.members.viewer.actor, address: "203.0.113.9", requestId: "test" });
    await page.library.exportDocument({ slug: "gate", version: 1 });
    expect(await lines("workflow.exported")).toEqual([
      expect.objectContaining({ auth: scene.north.members.viewer.actor.auth, data: { slug: "gate", version: 1 } }),
    ]);
  });

  it("M6 refused access: one line a minute for each actor and reason", async () => {
    const { viewer } = scene.north.members;
    for (let index = 0; index < 5; index += 1)
      expect((await rest(viewer.apiKey, "GET", "/api/v1/audit", undefined, from)).status).toBe(403);
    const page = createCaller({ actor: viewer.actor, requestId: "test" });
    await expect(page.workflows.retire({ slug: "gate" })).rejects.toThrow("lacks the permission");
    expect(await lines("access.refused")).toEqual([
      expect.objectContaining({
        actor: expect.objectContaining({ id: viewer.keyId }),
        address: "203.0.113.9",
        data: expect.objectContaining({ reason: "missing_scope", what: "GET /api/v1/audit" }),
      }),
      expect.objectContaining({ actor: expect.objectContaining({ id: viewer.userId }), auth: viewer.actor.auth }),
    ]);
  });
});

describe("M6 signing in and out", () => {
  it("M6 success, a wrong password, an address that nobody has, and signing out", async () => {
    const password = "correct horse battery";
    const member = await addTestMember({
      organizationId: scene.north.id,
      role: "viewer",
      email: "kim@north.holdpoint.test",
      passwordHash: storedPassword(password),
    });
    const email = member.email;
    const source = { address: "203.0.113.9", device: "Test", deviceToken: null };
    expect(await signIn({ email, password: "wrong" }, source)).toBeNull();
    expect(await signIn({ email, password }, source)).not.toBeNull();
    expect(await signIn({ email: "nobody@acme.test", password }, source)).toBeNull();
    await noteSignedOut({ userId: member.userId, organizationId: scene.north.id }, "203.0.113.9");
    expect(await lines("person.signed_in")).toEqual([
      expect.objectContaining({ subject_id: member.userId, address: "203.0.113.9", auth: "fresh_session" }),
    ]);
    expect(await lines("person.signed_out", member.userId)).toHaveLength(1);
    const [known, unknown] = await lines("person.sign_in_failed");
    expect(known).toMatchObject({ subject_type: "user", subject_id: member.userId, address: "203.0.113.9" });
    expect(unknown).toMatchObject({ organization_id: installation, subject_type: "unknown_account" });
    expect(JSON.stringify([known, unknown])).not.toMatch(/nobody@|kim@/);
  });
});

describe("M6 starts by the product's own triggers", () => {
  it("M6 a webhook's and a schedule's runs are told", async () => {
    await scene.publish(
      "hooked",
      { startNodeId: "act", nodes: [effect("act")], edges: [] },
      {
        triggers: [
          { id: "hook", type: "webhook" },
          { id: "clock", type: "schedule", cron: "0 * * * *", timezone: "UTC" },
        ],
      },
    );
    const { triggers } = await triggersApi(scene.north.members.owner.actor).state({ slug: "hooked" });
    const { status } = await post(triggers[0]?.url ?? "", "{}", from);
    expect(status).toBe(202);
    const tick = Date.UTC(2002, 0, 1, 9);
    await scene.database.pool.query("update active_triggers set next_at = $1 where type = 'schedule'", [
      new Date(tick),
    ]);
    await fireDueSchedules(() => tick + 5);
    const started = (await lines("run.started")).filter(({ data }) => data?.["trigger"] !== "api");
    expect(started).toEqual([
      expect.objectContaining({
        auth: "link",
        address: "203.0.113.9",
        data: expect.objectContaining({ trigger: "webhook", triggerId: "hook" }),
      }),
      expect.objectContaining({
        auth: "system",
        data: expect.objectContaining({ cause: expect.stringMatching(/^schedule:/) }),
      }),
    ]);
  });
});
