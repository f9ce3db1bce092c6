import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { createCaller } from "@/server/api/root";
import { rest } from "@/server/api/rest/client.testkit";
import { addTestMember, type TestMember } from "@/server/auth/identity.testkit";
import { sendEvent } from "@/server/modules/events/service";
import { createRunsScene, edge, effect, type RunsScene } from "@/server/modules/runs/runs.testkit";

/**
 * One builder, who may also decide, tries to get another refund paid than a colleague approved. The colleague approves what was
 * agreed and rejects everything else. Whatever the builder does, and in whatever order, nothing else is paid.
 */
const agreed = { amount: 50, order: "o1" };
const paid = "/pay/50/o1";
const other = { amount: 999, order: "evil" };

let scene: RunsScene;
let builder: TestMember;
let colleague: TestMember;
let form: string;

const pay = effect("pay", { service: "bank", path: "/pay/${input.amount}/${input.order}" });
const spec = {
  inputSchema: { type: "object", properties: { amount: { type: "number" }, order: { type: "string" } } },
  startNodeId: "ask",
  nodes: [
    {
      id: "ask",
      type: "approval",
      assignTo: "role:manager",
      context: { headline: "Refund ${input.amount}" },
      policy: { requesterCannotApprove: true },
    },
    pay,
  ],
  edges: [edge("ask", "pay", "approved")],
};
const unguarded = { ...spec, startNodeId: "pay", nodes: [pay], edges: [] };

beforeAll(async () => {
  scene = await createRunsScene();
  const { pool } = scene.database;
  await pool.query("insert into business_roles (organization_id, slug, name) values ($1, 'manager', 'Manager')", [
    scene.north.id,
  ]);
  await pool.query(
    `insert into connections (id, organization_id, slug, connector, name, base_url, auth_type, is_live, updated_at)
     select gen_random_uuid(), organization_id, 'bank', 'http', 'The bank', base_url, 'none', true, now() from connections where slug = 'echo'`,
  );
  const manager = (role: "builder" | "approver") =>
    addTestMember({
      organizationId: scene.north.id,
      role,
      email: `${role}2@north.holdpoint.test`,
      businessRoles: ["manager"],
    });
  [builder, colleague] = [await manager("builder"), await manager("approver")];
  await scene.publish("refund", spec, {
    triggers: [
      { id: "manual", type: "manual" },
      { id: "hook", type: "webhook" },
      { id: "form", type: "form" },
      { id: "wish", type: "event", event: "refund.wished" },
    ],
  });
  await pool.query("update workflows set review_required = true where slug = 'refund'");
  const { triggers } = await page().triggers.state({ slug: "refund" });
  form = triggers.find(({ triggerId }) => triggerId === "form")?.url?.split("/f/")[1] ?? "";
});
afterAll(() => scene.close());

const page = () => createCaller({ actor: builder.actor, requestId: "test" });
const visitor = createCaller({ actor: null, requestId: "test" });
const own = (method: string, path: string, body?: object) => rest(builder.apiKey, method, path, body);

type Act = () => Promise<unknown>;
const doors: Readonly<Record<string, (input: JsonObject) => Promise<unknown>>> = {
  "by hand": (input) => page().runs.start({ workflow: "refund", input }),
  "over the API": (input) => own("POST", "/api/v1/runs", { template_id: "refund", input }),
  "the first version": (input) => own("POST", "/api/workflows/refund/executions", { version: 1, input }),
  "a request": (values) => page().triggers.startRequest({ slug: "refund", values, submissionId: randomUUID() }),
  "an event": (data) => sendEvent(builder.actor, { name: "refund.wished", data }),
  "a test call": (body) => page().triggers.sendTest({ slug: "refund", triggerId: "hook", body }),
  "the form": (values) => page().triggers.submitIntake({ token: form, values, submissionId: randomUUID() }),
  "the form, signed out": (values) =>
    visitor.triggers.submitIntake({ token: form, values, submissionId: randomUUID() }),
};
const acts: Readonly<Record<string, Act>> = {
  "approve everything": async () => {
    for (const { id } of await openApprovals()) {
      await own("POST", `/api/v1/approvals/${id}/approve`, {});
      await own("POST", `/api/v1/approvals/${id}/approve`, { on_behalf_of: colleague.email });
    }
  },
  "let the colleague decide": async () => {
    for (const { id, amount, order } of await openApprovals()) {
      const isAgreed = amount === agreed.amount && order === agreed.order;
      await rest(colleague.apiKey, "POST", `/api/v1/approvals/${id}/${isAgreed ? "approve" : "reject"}`, {});
    }
  },
  "break the bank": () => Promise.resolve(scene.broken.add(paid)),
  "mend the bank": () => Promise.resolve(scene.broken.delete(paid)),
  retry: () => retry({}),
  "retry with another amount": () => retry({ patch: { amount: other.amount } }),
  "retry with another order": () => retry({ patch: { order: other.order } }),
  "retry at the payment": () => retry({ from_step: "pay", patch: other }),
  "retry at the question": () => retry({ from_step: "ask", patch: other }),
  restore: async () => {
    const runId = await newestRun();
    const { json } = await own("GET", `/api/v1/runs/${runId}/snapshots`);
    for (const { id } of json.snapshots ?? []) await own("POST", `/api/v1/runs/${runId}/restore`, { snapshot_id: id });
  },
  "edit the approval away": () => own("PATCH", "/api/workflows/refund", { spec: unguarded }),
  publish: async () => {
    await own("POST", "/api/workflows/refund/publish");
    const { revision } = await page().drafts.open({ slug: "refund" });
    await page().drafts.publish({ slug: "refund", revision });
  },
  "switch the review off": () => page().drafts.setReviewRequired({ slug: "refund", on: false }),
  "review it": async () => {
    for (const { id } of await page().drafts.reviews.list({ slug: "refund" }))
      await page().drafts.reviews.decide({ id, decision: "approve" });
  },
  "say that the bank is not live": () => own("PATCH", "/api/v1/connections/bank", { is_live: false }),
  rehearse: async () => {
    const test = await page().testing.start({ slug: "refund", input: other, allowLive: true });
    await scene.worker.executor.idle();
    if (!test.started) return;
    for (const { id } of await openApprovals())
      await page().testing.rehearse({
        runId: test.runId,
        waitpointId: id,
        act: { type: "answer", outcome: "approved" },
      });
  },
};

/** With the values that stand in the run while it is looked at. */
async function openApprovals(): Promise<{ id: string; amount: unknown; order: unknown }[]> {
  const { rows } = await scene.database.pool.query<{ id: string; amount: unknown; order: unknown }>(
    `select w.id, r.given->'amount' as amount, r.given->'order' as "order" from waitpoints w
     join (select id, input || coalesce(input_edits, '{}') as given from runs) r on r.id = w.run_id
     where w.kind = 'approval' and w.status = 'open'`,
  );
  return rows;
}
async function newestRun(): Promise<string> {
  const { rows } = await scene.database.pool.query<{ id: string }>("select id from runs order by id desc limit 1");
  return rows[0]?.id ?? "";
}
async function retry(body: object): Promise<unknown> {
  return own("POST", `/api/v1/runs/${await newestRun()}/retry`, body);
}

const start = fc
  .tuple(fc.constantFrom(...Object.keys(doors)), fc.boolean())
  .map(([door, honest]) => `start ${honest ? "as agreed" : "otherwise"}: ${door}`);
const sequence = fc
  .tuple(start, fc.array(fc.oneof(start, ...Object.keys(acts).map((act) => fc.constant(act))), { maxLength: 5 }))
  .map(([first, more]) => [first, ...more]);

/** A refusal is what is hoped for. */
async function perform(step: string): Promise<void> {
  const [, values, door] = /^start (as agreed|otherwise): (.*)$/.exec(step) ?? [];
  const act = door === undefined ? acts[step] : () => doors[door]?.(values === "as agreed" ? agreed : other);
  await Promise.resolve(act?.()).catch(() => undefined);
  await scene.worker.executor.idle();
}

const payments = () => scene.called.filter((path) => path.startsWith("/pay/"));

it("H8 H9 H10 H11 no sequence of calls by one person pays another refund than somebody else approved", async () => {
  await fc.assert(
    fc.asyncProperty(sequence, async (steps) => {
      for (const step of steps) await perform(step);
      expect(payments().filter((path) => path !== paid)).toEqual([]);
    }),
    {
      numRuns: 6,
      examples: [
        [
          [
            "start as agreed: over the API",
            "break the bank",
            "let the colleague decide",
            "mend the bank",
            "retry at the payment",
            "approve everything",
          ],
        ],
        [["start otherwise: the form, signed out", "approve everything", "approve everything"]],
        [
          [
            "start otherwise: a test call",
            "approve everything",
            "edit the approval away",
            "rehearse",
            "switch the review off",
            "publish",
          ],
        ],
        [["start as agreed: by hand", "let the colleague decide", "restore", "approve everything"]],
      ],
    },
  );
  // The bank was really within reach: what the colleague agreed to was paid.
  expect(payments()).toContain(paid);
});
