import { expect, test } from "./fixtures";
import { definitionSchema, kycDocument, kycSlug, listSchema, outputOf, startKyc, statuses } from "./kyc-workflow";
import { refusalOf, runWithStatus } from "./rest";

// No browser here: a script with an API key, as a developer would write it.
test.describe("Indonesian KYC over REST", () => {
  test("K-4 K-14 K-34 K-35 the definition comes back as it was sent, and the list counts its executions", async ({
    rest,
  }) => {
    const document = await kycDocument();
    const answer = await rest.get(`/api/workflows/${kycSlug}`);
    expect(answer.status).toBe(200);
    const { workflow } = definitionSchema.parse(answer.json).data;
    expect(workflow.spec).toEqual(document.spec);
    expect(workflow).toMatchObject({
      slug: kycSlug,
      name: document.name,
      triggerType: "api",
      triggerSpec: null,
      status: "active",
    });
    expect(workflow.id).toMatch(/^wkf_[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(definitionSchema.parse((await rest.get(`/api/workflows/${workflow.id}`)).json).data.workflow.slug).toBe(
      kycSlug,
    );

    const list = listSchema.parse((await rest.get("/api/workflows?status=active&limit=50")).json).data.workflows;
    const listed = list.find((each) => each.slug === kycSlug);
    expect(listed).toMatchObject({ id: workflow.id, triggerType: "api", status: "active" });
    expect(listed?._count.executions).toBeGreaterThanOrEqual(13);
  });

  test("K-17 K-21 K-22 K-24 K-25 passed: screened, then kyc.completed", async ({ rest }) => {
    const id = await startKyc(rest, { customerId: "cus_e2e_passed", bundle: { verdict: "passed" }, traceId: "t-1" });
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
    const id = await startKyc(rest, { customerId: "cus_e2e_review_1", bundle: { verdict: "requires_review" } });
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
    const id = await startKyc(rest, { customerId: "cus_e2e_review_2", bundle: { verdict: "requires_review" } });
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
      await startKyc(rest, { customerId: "cus_e2e_failed", bundle: { verdict: "failed" } }),
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
    const id = await startKyc(rest, {
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
});
