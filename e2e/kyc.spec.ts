import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { z } from "zod";
import { projectRoot } from "@/scripts/db/project-files";
import { expect, test } from "./fixtures";
import { startReceiver } from "./receiver";
import { refusalOf, runWithStatus, type RestClient, type RunObject } from "./rest";

// No browser here: a script with an API key, as a developer would write it.
const slug = "indonesian-kyc-v1";

test.describe("Indonesian KYC over REST", () => {
  test("K-4 K-14 K-34 K-35 the definition comes back as it was sent, and the list counts its executions", async ({
    rest,
  }) => {
    const document = await kycDocument();
    const answer = await rest.get(`/api/workflows/${slug}`);
    expect(answer.status).toBe(200);
    const { workflow } = definitionSchema.parse(answer.json).data;
    expect(workflow.spec).toEqual(document.spec);
    expect(workflow).toMatchObject({
      slug,
      name: document.name,
      triggerType: "api",
      triggerSpec: null,
      status: "active",
    });
    expect(workflow.id).toMatch(/^wkf_[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(definitionSchema.parse((await rest.get(`/api/workflows/${workflow.id}`)).json).data.workflow.slug).toBe(
      slug,
    );

    const list = listSchema.parse((await rest.get("/api/workflows?status=active&limit=50")).json).data.workflows;
    const listed = list.find((each) => each.slug === slug);
    expect(listed).toMatchObject({ id: workflow.id, triggerType: "api", status: "active" });
    expect(listed?._count.executions).toBeGreaterThanOrEqual(13);
  });

  test("K-17 K-21 K-22 K-24 K-25 passed: screened, then kyc.completed", async ({ rest }) => {
    const id = await start(rest, { customerId: "cus_e2e_passed", bundle: { verdict: "passed" }, traceId: "t-1" });
    const run = await runWithStatus(rest, id, "completed");
    expect(statuses(run)).toMatchObject({
      kyc: "completed",
      route: "completed",
      shape_payload: "completed",
      screening: "completed",
      delay: "completed",
      notify: "completed",
      wait_for_analyst: "skipped",
      notify_failure: "skipped",
    });
    expect(outputOf(run, "shape_payload")).toMatchObject({
      applicantNik: expect.stringMatching(/^\d{16}$/),
      applicantDob: "1990-04-17",
    });
    expect(outputOf(run, "screening")).toMatchObject({ status: "clear" });
  });

  test("K-30 K-31 requires_review, approved by an analyst", async ({ rest }) => {
    const id = await start(rest, { customerId: "cus_e2e_review_1", bundle: { verdict: "requires_review" } });
    const waiting = await runWithStatus(rest, id, "waiting_approval");
    expect(waiting.approvals).toMatchObject([
      { status: "pending", action_label: "KTP requires manual review", assign_to: ["role:kyc_analyst"] },
    ]);
    const approval = waiting.approvals[0]?.id ?? "";
    expect(
      (await rest.post(`/api/v1/workflows/${id}/approvals/${approval}/approve`, { comment: "The photo matches" }))
        .status,
    ).toBe(200);
    const run = await runWithStatus(rest, id, "completed");
    expect(statuses(run)).toMatchObject({
      wait_for_analyst: "completed",
      screening: "completed",
      notify: "completed",
      notify_failure: "skipped",
    });
    expect(run.approvals).toMatchObject([
      { status: "approved", decided_by: "Olive Owner", comment: "The photo matches" },
    ]);

    const second = await rest.post(`/api/v1/approvals/${approval}/reject`, {});
    expect(second.status).toBe(409);
    expect(refusalOf(second)).toMatchObject({
      code: "approval_already_decided",
      decision: "approved",
      decided_by: "Olive Owner",
    });
  });

  test("K-30 requires_review, rejected: the failure is told", async ({ rest }) => {
    const id = await start(rest, { customerId: "cus_e2e_review_2", bundle: { verdict: "requires_review" } });
    const waiting = await runWithStatus(rest, id, "waiting_approval");
    expect(
      (
        await rest.post(`/api/v1/approvals/${waiting.approvals[0]?.id ?? ""}/reject`, {
          comment: "Not the same person",
        })
      ).status,
    ).toBe(200);
    const run = await runWithStatus(rest, id, "completed");
    expect(statuses(run)).toMatchObject({
      shape_payload: "skipped",
      screening: "skipped",
      notify: "skipped",
      notify_failure: "completed",
    });
  });

  test("K-23 failed, and a verdict that nobody named takes the default", async ({ rest }) => {
    const run = await runWithStatus(
      rest,
      await start(rest, { customerId: "cus_e2e_failed", bundle: { verdict: "failed" } }),
      "completed",
    );
    expect(statuses(run)).toMatchObject({
      route: "completed",
      screening: "skipped",
      wait_for_analyst: "skipped",
      notify_failure: "completed",
    });
  });

  test("K-19 an outage is tried three times, fails the run, and a retry after it goes on from the failed step", async ({
    rest,
  }) => {
    // The sandbox is out of order for the first three calls under one idempotency key.
    const id = await start(rest, {
      customerId: `cus_e2e_flaky:3_${String(Date.now())}`,
      bundle: { verdict: "passed" },
    });
    const failed = await runWithStatus(rest, id, "failed");
    expect(failed).toMatchObject({ failure_reason: "step_failed", error: { node_id: "kyc" } });
    expect(failed.steps.find((step) => step.node_id === "kyc")).toMatchObject({ status: "failed", attempt: 3 });

    const retried = await rest.post(`/api/v1/workflows/${id}/retry`);
    expect(retried.status).toBe(200);
    const run = await runWithStatus(rest, id, "completed");
    expect(outputOf(run, "kyc")).toMatchObject({ ktpBundle: { verdict: "passed" } });
    const again = await rest.post(`/api/v1/workflows/${id}/retry`, {});
    expect(again.status).toBe(409);
    expect(refusalOf(again)).toMatchObject({ code: "invalid_run_state", state: "completed" });
  });

  test("K-13 K-33 C11 a PATCH makes a draft that starts nothing until it is published; open runs stay on their version", async ({
    rest,
  }) => {
    const own = `kyc-${String(Date.now())}`;
    const document = { ...(await kycDocument()), slug: own };
    const created = await rest.post("/api/workflows", document);
    expect(created.status).toBe(201);
    expect(definitionSchema.parse(created.json).data.workflow).toMatchObject({
      slug: own,
      status: "draft",
      version: 1,
      publishedVersion: null,
    });
    const early = await rest.post(`/api/workflows/${own}/executions`, { input: {} });
    expect(early.status).toBe(409);
    expect(refusalOf(early).code).toBe("workflow_not_published");

    expect((await rest.post(`/api/workflows/${own}/publish`)).status).toBe(200);
    const open = await start(rest, { customerId: "cus_e2e_open", bundle: { verdict: "requires_review" } }, own);
    const waiting = await runWithStatus(rest, open, "waiting_approval");

    const spec = {
      ...document.spec,
      nodes: document.spec.nodes.map((node) => ({
        ...node,
        ...({ notify: { event: "kyc.finished" } } as Record<string, object>)[node.id],
      })),
    };
    const patched = await rest.patch(`/api/workflows/${own}`, { spec });
    expect(patched.status).toBe(200);
    expect(definitionSchema.parse(patched.json).data.workflow).toMatchObject({
      status: "draft",
      version: 2,
      publishedVersion: 1,
    });
    const blocked = await rest.post(`/api/workflows/${own}/executions`, { input: { customerId: "cus_e2e_blocked" } });
    expect(blocked.status).toBe(409);
    expect(refusalOf(blocked).code).toBe("workflow_draft");

    expect(
      definitionSchema.parse((await rest.post(`/api/workflows/${own}/publish`, { note: "Another event" })).json).data
        .workflow,
    ).toMatchObject({ status: "active", version: 2, publishedVersion: 2 });
    expect((await rest.post(`/api/v1/approvals/${waiting.approvals[0]?.id ?? ""}/approve`)).status).toBe(200);
    const old = await runWithStatus(rest, open, "completed");
    expect(old.template.version).toBe(1);
    expect(outputOf(old, "notify")).toMatchObject({ event: "kyc.completed" });
    const fresh = await runWithStatus(
      rest,
      await start(rest, { customerId: "cus_e2e_new", bundle: { verdict: "passed" } }, own),
      "completed",
    );
    expect(fresh.template.version).toBe(2);
    expect(outputOf(fresh, "notify")).toMatchObject({ event: "kyc.finished" });

    const versions = versionsSchema.parse((await rest.get(`/api/workflows/${own}/versions`)).json).data.versions;
    expect(versions).toMatchObject([
      { number: 2, isCurrent: true, note: "Another event" },
      { number: 1, isCurrent: false },
    ]);
    expect((await rest.post(`/api/workflows/${own}/retire`)).status).toBe(200);
    expect(refusalOf(await rest.post(`/api/workflows/${own}/executions`, { input: {} })).code).toBe("workflow_retired");
  });

  test("K-28 K-29 subscribers and the run's own callback get signed webhooks", async ({ rest }) => {
    const receiver = await startReceiver();
    try {
      const created = await rest.post("/api/v1/webhook-subscriptions", {
        url: receiver.url,
        events: ["kyc.completed"],
      });
      expect(created.status).toBe(201);
      const subscription = z.object({ id: z.string(), secret: z.string().startsWith("whsec_") }).parse(created.json);
      const customerId = `cus_e2e_hook_${String(Date.now())}`;
      const started = await rest.post(`/api/workflows/${slug}/executions`, {
        input: { customerId, bundle: { verdict: "passed" } },
        callbackUrl: `${receiver.url}/mine`,
      });
      expect(started.status).toBe(202);

      const mine = () => receiver.calls.filter((call) => call.path === "/hooks" && call.body.includes(customerId));
      await expect.poll(() => mine().length, { timeout: 30_000 }).toBe(1);
      const [call] = mine();
      const verified = new Webhook(subscription.secret).verify(call?.body ?? "", headersOf(call?.headers));
      expect(verified).toMatchObject({ type: "kyc.completed", data: { customerId, kycLevel: 2 } });
      expect(() => new Webhook(subscription.secret).verify(`${call?.body ?? ""} `, headersOf(call?.headers))).toThrow();
      await expect
        .poll(() => receiver.calls.filter((each) => each.path === "/hooks/mine").map((each) => each.body), {
          timeout: 30_000,
        })
        .toEqual([expect.stringContaining('"run.completed"')]);

      const deliveries = z.object({ deliveries: z.array(z.looseObject({ event: z.string(), status: z.string() })) });
      await expect
        .poll(
          async () =>
            deliveries.parse((await rest.get(`/api/v1/webhook-subscriptions/${subscription.id}/deliveries`)).json)
              .deliveries,
        )
        .toMatchObject([{ event: "kyc.completed", status: "delivered" }]);
    } finally {
      await receiver.close();
    }
  });
});

const specSchema = z.looseObject({ nodes: z.array(z.looseObject({ id: z.string() })) });
const documentSchema = z.looseObject({ slug: z.string(), name: z.string(), spec: specSchema });
const definitionSchema = z.object({
  data: z.object({
    workflow: z.looseObject({ id: z.string(), slug: z.string(), version: z.number(), spec: specSchema }),
  }),
});
const listSchema = z.object({
  data: z.object({
    workflows: z.array(
      z.looseObject({ id: z.string(), slug: z.string(), _count: z.object({ executions: z.number() }) }),
    ),
  }),
});
const versionsSchema = z.object({ data: z.object({ versions: z.array(z.looseObject({ number: z.number() })) }) });
const startedSchema = z.object({
  data: z.object({
    execution: z.object({
      id: z.string().regex(/^run_[0-9A-HJKMNP-TV-Z]{26}$/),
      status: z.string(),
      version: z.number(),
    }),
  }),
});

async function kycDocument(): Promise<z.output<typeof documentSchema>> {
  return documentSchema.parse(JSON.parse(await readFile(join(projectRoot, "workflows", `${slug}.json`), "utf8")));
}

async function start(rest: RestClient, input: object, workflow = slug): Promise<string> {
  const started = await rest.post(`/api/workflows/${workflow}/executions`, { input });
  expect(started.status).toBe(202);
  return startedSchema.parse(started.json).data.execution.id;
}

function statuses(run: RunObject): Record<string, string> {
  return Object.fromEntries(run.steps.map((step) => [step.node_id, step.status]));
}

function outputOf(run: RunObject, nodeId: string): unknown {
  return run.steps.find((step) => step.node_id === nodeId)?.output;
}

function headersOf(headers: Record<string, string | string[] | undefined> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));
}
