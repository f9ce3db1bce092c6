import { expect, test } from "./fixtures";
import { definitionSchema, headersOf, kycDocument, kycSlug, outputOf, startKyc, versionsSchema } from "./kyc-workflow";
import { startReceiver } from "./receiver";
import { refusalOf, runWithStatus } from "./rest";
import { Webhook } from "standardwebhooks";
import { z } from "zod";

test.describe("the life of a KYC workflow", () => {
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
    const open = await startKyc(rest, { customerId: "cus_e2e_open", bundle: { verdict: "requires_review" } }, own);
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
      await startKyc(rest, { customerId: "cus_e2e_new", bundle: { verdict: "passed" } }, own),
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
      const started = await rest.post(`/api/workflows/${kycSlug}/executions`, {
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
