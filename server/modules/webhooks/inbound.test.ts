import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rest } from "@/server/api/rest/client.testkit";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import { liveReady, subscribeLive } from "@/server/db/live";
import { hotPool } from "@/server/db/pools";
import { signWebhook } from "@/server/integrations/webhooks/signature";
import { post, publishHook as publish } from "./webhooks.testkit";
import type { TestDatabase } from "@/tests/database";

let database: TestDatabase;
let north: TestOrganization;
let south: TestOrganization;

beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
  south = await createTestOrganization("south");
  subscribeLive(north.members.owner.actor.organizationId, () => undefined);
  await liveReady();
});
afterAll(() => database.close());

const call = (method: string, path: string, body?: unknown) => rest(north.members.owner.apiKey, method, path, body);
const spec = { startNodeId: "shape", nodes: [{ id: "shape", type: "transform", expression: 1 }], edges: [] };

const publishHook = (
  slug: string,
  trigger: Record<string, unknown> = {},
  more: { spec?: Record<string, unknown> } = {},
) => publish(north.members.owner.apiKey, slug, trigger, more.spec);
const runsOf = async (slug: string) => (await call("GET", `/api/workflows/${slug}/executions`)).json.data.executions;
const runRow = async (id: string) => (await hotPool().query("select * from runs where id = $1", [id])).rows[0];

describe("M-16 inbound webhooks", () => {
  it("start a run with the JSON body as input, stored before the answer", async () => {
    const url = await publishHook("hooked", { label: "Stripe" });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:3000\/api\/hooks\/[\w-]{32}$/);
    const answer = await post(url, '{"order": 7}');
    expect(answer.status).toBe(202);
    expect(await runRow(answer.json.run_id)).toMatchObject({
      status: "pending",
      trigger_type: "webhook",
      trigger_id: "hook",
      trigger_label: "Stripe",
      input: { order: 7 },
      owner_id: north.members.owner.userId,
    });
  });

  it("map what arrives with the trigger's input, and refuse input that breaks the schema", async () => {
    const url = await publishHook(
      "mapped",
      { input: { first: "${trigger[0].sku}" } },
      { spec: { ...spec, inputSchema: { type: "object", properties: { first: { type: "string" } } } } },
    );
    const answer = await post(url, '[{"sku": "A-1"}]');
    expect((await runRow(answer.json.run_id)).input).toEqual({ first: "A-1" });
    const wrong = await post(url, '[{"sku": 5}]');
    expect([wrong.status, wrong.json.error.details[0].path]).toEqual([422, "input.first"]);
    expect(await runsOf("mapped")).toHaveLength(1);
  });

  it("refuse broken JSON with 400, a list without mapping with 422, an unknown address with 404", async () => {
    const url = await publishHook("picky");
    const answers = await Promise.all([post(url, '{"a":'), post(url, "{"), post(url, "[1]"), post(`${url}x`, "{}")]);
    expect(answers.map(({ status, json }) => [status, json.error.code])).toEqual([
      [400, "invalid_json"],
      [400, "invalid_json"],
      [422, "validation_failed"],
      [404, "not_found"],
    ]);
    expect(await runsOf("picky")).toEqual([]);
  });

  it("answer a repeated delivery with the first run, also 20 at once", async () => {
    const url = await publishHook("repeated");
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(url, "{}", { "webhook-id": "msg_1" })));
    expect(new Set(answers.map(({ json }) => json.run_id)).size).toBe(1);
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array.from({ length: 19 }, () => 200), 202]);
    expect((await post(url, "{}", { "webhook-id": "msg_2" })).status).toBe(202);
    expect(await runsOf("repeated")).toHaveLength(2);
  });

  it("M-17 prove themselves in one of three ways; wrong or missing is 401 and no run", async () => {
    const secret = `whsec_${Buffer.alloc(24, 5).toString("base64")}`;
    const url = await publishHook("signed", { secret });
    const body = '{"paid":true}';
    const good = [
      signWebhook({ secret, id: "msg_a", at: Date.now(), body }),
      { "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}` },
      { "x-webhook-secret": secret },
    ];
    for (const headers of good) expect((await post(url, body, headers)).status).toBe(202);
    const bad = [
      {},
      { "x-webhook-secret": "guess" },
      { "x-hub-signature-256": "sha256=00" },
      signWebhook({ secret, id: "msg_b", at: Date.now() - 3_600_000, body }),
      signWebhook({ secret, id: "msg_c", at: Date.now(), body: "{}" }),
    ];
    for (const headers of bad) {
      const answer = await post(url, body, headers);
      expect([answer.status, answer.json.error.code]).toEqual([401, "invalid_signature"]);
    }
    expect(await runsOf("signed")).toHaveLength(3);
    const shown = await call("GET", "/api/workflows/signed");
    expect(shown.json.data.workflow.triggers[0]).toEqual({
      id: "hook",
      type: "webhook",
      callers: "signed",
      url,
      hasSecret: true,
    });
    const dump = await hotPool().query(
      "select to_jsonb(v) as row from workflow_versions v union all select to_jsonb(t) from active_triggers t union all select to_jsonb(a) from audit_entries a",
    );
    expect(JSON.stringify(dump.rows)).not.toContain(secret);
    // Reading a workflow and sending it back keeps the secret.
    await call("PATCH", "/api/workflows/signed", { triggers: shown.json.data.workflow.triggers });
    await call("POST", "/api/workflows/signed/publish");
    expect((await post(url, body)).status).toBe(401);
  });

  it("keep their address over drafts, publishing and retirement, and say why they refuse", async () => {
    await call("POST", "/api/workflows", {
      slug: "address",
      name: "Address",
      spec,
      triggers: [{ id: "hook", type: "webhook" }],
    });
    const { url } = (await call("GET", "/api/workflows/address")).json.data.workflow.triggers[0];
    expect((await post(url, "{}")).json.error.code).toBe("workflow_not_published");
    await call("POST", "/api/workflows/address/publish");
    expect((await post(url, "{}")).status).toBe(202);
    await call("POST", "/api/workflows/address/retire");
    expect((await post(url, "{}")).json.error.code).toBe("workflow_retired");
    await call("POST", "/api/workflows/address/publish");
    expect((await post(url, "{}")).status).toBe(202);
    expect(
      (await rest(north.members.viewer.apiKey, "GET", "/api/workflows/address")).json.data.workflow.triggers,
    ).toEqual([{ id: "hook", type: "webhook" }]);
  });

  it("C11 K-33 keep a call for a blocked draft, to be driven again", async () => {
    const url = await publishHook("held", { input: { seen: "${trigger.n}" } });
    await call("PATCH", "/api/workflows/held", {
      spec: { ...spec, nodes: [{ id: "shape", type: "transform", expression: 2 }] },
    });
    const refused = await post(url, '{"n": 1}');
    expect([refused.status, refused.json.error.code]).toEqual([409, "workflow_draft"]);
    const { events } = (await call("GET", "/api/v1/events?name=webhook")).json;
    const held = events.find(({ refused: list }: { refused: { workflow: string }[] }) => list[0]?.workflow === "held");
    expect(held).toMatchObject({ held: true, refused: [{ workflow: "held", code: "workflow_draft" }] });
    expect((await call("POST", `/api/v1/events/${held.id}/redrive`)).json.runs).toEqual([]);
    await call("POST", "/api/workflows/held/publish");
    const driven = await call("POST", `/api/v1/events/${held.id}/redrive`);
    expect([driven.status, driven.json.runs]).toEqual([202, [{ run_id: expect.any(String), workflow: "held" }]]);
    expect((await call("POST", `/api/v1/events/${held.id}/redrive`)).json.runs).toEqual(driven.json.runs);
    expect((await runRow(driven.json.runs[0].run_id)).input).toEqual({ seen: 1 });
    expect(await runsOf("held")).toHaveLength(1);
    expect((await rest(south.members.owner.apiKey, "POST", `/api/v1/events/${held.id}/redrive`)).status).toBe(404);
  });
});
