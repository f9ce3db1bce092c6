import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { createCaller } from "@/server/routes/root";
import { rest } from "@/server/api/rest/client.testkit";
import type { TestMember } from "@/server/auth/identity.testkit";
import { serveRest } from "@/server/routes/serve-rest";
import { sendEvent } from "@/server/modules/events/service";
import { purgeTrash } from "@/server/modules/library/service";
import type { RunsScene } from "@/server/modules/runs/runs.testkit";
import { knownSequences } from "./known-sequences.testkit";
import { createRefunds, unguarded } from "./refunds.testkit";

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

beforeAll(async () => {
  ({ scene, builder, colleague, form } = await createRefunds());
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
  "approve everything at once": async () => {
    const approvals = (await openApprovals()).map(({ id }) => ({ id }));
    if (approvals.length > 0) await own("POST", "/api/v1/approvals/decisions", { decision: "approved", approvals });
    if (approvals.length > 0) await page().approvals.decideMany({ decision: "approved", approvals });
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
  "a customer asks": () =>
    scene.call("POST", "/api/v1/conversations", { contact: { name: "Jane" }, subject: "Refund" }),
  "a colleague waits for a call": () => scene.start("called"),
  "answer as the customer": async () => {
    const { json } = await own("GET", "/api/v1/conversations");
    for (const { id } of json.conversations) {
      const seen = await own("GET", `/api/v1/conversations/${id}`);
      const { link } = seen.json.link ? seen.json : (await own("POST", `/api/v1/conversations/${id}/rotate-link`)).json;
      const token = String(link).split("/c/")[1] ?? "";
      for (const { waitpointId } of (await visitor.conversations.byToken({ token })).forms)
        await visitor.conversations.submitForm({ token, waitpointId, values: other });
    }
  },
  "answer as the outside system": async () => {
    const { json } = await own("GET", `/api/v1/runs/${await newestRun()}`);
    const path = new URL(json.steps[0].waiting.callback_url).pathname;
    const headers = { "content-type": "application/json" };
    await serveRest(
      new Request(`http://127.0.0.1:3000${path}`, { method: "POST", headers, body: JSON.stringify(other) }),
    );
  },
  "answer the form themselves": async () => {
    const { json } = await own("GET", `/api/v1/runs/${await newestRun()}`);
    await own("POST", `/api/v1/forms/${json.steps[0].waiting.id}/submit`, { values: other });
  },
  "take the approvals over": async () => {
    for (const { id } of await openApprovals())
      await own("POST", `/api/v1/approvals/${id}/reassign`, { assign_to: [builder.email] });
  },
  // As colleagues do for each other, without looking.
  "have the colleague hand everything over": async () => {
    for (const { id } of await openApprovals())
      await rest(colleague.apiKey, "POST", `/api/v1/approvals/${id}/delegate`, { to: builder.email });
  },
  "send everything once more": async () => {
    for (const { id } of (await own("GET", "/api/v1/events")).json.events)
      await own("POST", `/api/v1/events/${id}/redrive`);
    const calls = "/api/workflows/refund/triggers/hook/calls";
    for (const { id } of (await own("GET", calls)).json.calls) await own("POST", `${calls}/${id}/redrive`);
  },
  "cancel and go on with other values": async () => {
    await own("POST", `/api/v1/runs/${await newestRun()}/cancel`, {});
    await scene.worker.executor.idle();
    await retry({ patch: other });
  },
  "approve with other values": async () => {
    for (const { id } of await openApprovals()) await own("POST", `/api/v1/approvals/${id}/approve`, { edits: other });
  },
  "start an unguarded copy": async () => {
    const { slug } = await page().library.duplicate({ slug: "refund" });
    await unguardedLive(slug, () => own("PATCH", `/api/workflows/${slug}`, { spec: unguarded }));
  },
  "make one anew under its name": async () => {
    await page().library.trash({ slug: "spare" });
    await unguardedLive("spare", () =>
      own("POST", "/api/workflows", { slug: "spare", name: "spare", spec: unguarded }),
    );
  },
  "wait until the trash is emptied": async () => {
    await page().library.trash({ slug: "spare" });
    await purgeTrash(Date.now() + 31 * 86_400_000);
    await unguardedLive("spare", () =>
      own("POST", "/api/workflows", { slug: "spare", name: "spare", spec: unguarded }),
    );
  },
  "take it back out of the trash": async () => {
    for (const { id } of (await page().library.trashed()).items) await page().library.restore({ id });
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

/** Does all that makes it live, then starts it. */
async function unguardedLive(slug: string, write: Act): Promise<void> {
  await write();
  await own("POST", `/api/workflows/${slug}/publish`);
  await own("POST", `/api/workflows/${slug}/executions`, { input: other });
  await own("POST", `/api/workflows/${slug}/executions`, { version: 1, input: other });
}

/** With the values that stand in the run while it is looked at. */
async function openApprovals(): Promise<{ id: string; amount: unknown; order: unknown }[]> {
  const { rows } = await scene.database.pool.query<{ id: string; amount: unknown; order: unknown }>(
    `select w.id, r.given->'amount' as amount, r.given->'order' as "order" from waitpoints w
     join (select id, coalesce(
       (select output from step_runs s where s.run_id = runs.id and s.node_id = 'given' and not s.superseded),
       input || coalesce(input_edits, '{}')) as given from runs) r on r.id = w.run_id
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
      examples: knownSequences,
    },
  );
  // The bank was really within reach: what the colleague agreed to was paid.
  expect(payments()).toContain(paid);
});
