import { z } from "zod";
import { expect, test, windowOf } from "./fixtures";
import { startKyc } from "./kyc-workflow";
import { inboxPage } from "./pages/inbox-page";
import { runPage } from "./pages/run-page";
import { readRun, runWithStatus, type RestClient } from "./rest";

test("F-38 F-39 A-16 A-17 what the API decides, and what nobody decides in time, shows where it is open, without a reload", async ({
  product,
  rest,
  browser,
}) => {
  const slug = await publishAsking(rest);
  const [paid, refused, late] = await Promise.all([
    start(rest, slug, { what: "Pay the printer", time: "PT24H" }),
    start(rest, slug, { what: "Pay the painter", time: "PT24H" }),
    start(rest, slug, { what: "Pay the plumber", time: "PT12S" }),
  ]);
  const manager = await windowOf(browser, product, "manager@holdpoint.test");
  const inbox = inboxPage(manager);
  await inbox.goto();
  await inbox.open("Pay the printer");
  const operator = await windowOf(browser, product, "operator@holdpoint.test");
  const run = runPage(operator);
  await run.goto(refused.id);
  await expect(run.fact("Status")).toHaveText("Awaiting approval");

  const decide = (id: string, approval: string, answer: string, body?: object) =>
    rest.post(`/api/v1/workflows/${id}/approvals/${approval}/${answer}`, body);
  expect((await decide(paid.id, paid.approval, "approve", { comment: "The bill is right" })).status).toBe(200);
  expect((await decide(refused.id, refused.approval, "reject")).status).toBe(200);

  await expect(inbox.pane.getByText("The bill is right")).toBeVisible();
  await expect(inbox.approve).toHaveCount(0);
  await expect(run.fact("Status")).toHaveText("Failed");
  expect(await runWithStatus(rest, paid.id, "completed")).toMatchObject({ message: "Paid" });
  expect(await readRun(rest, refused.id)).toMatchObject({ failure_reason: "approval_rejected" });

  // Nobody answered the third one: what its author wrote for that case was done.
  expect(await runWithStatus(rest, late.id, "completed")).toMatchObject({ message: "Nobody was there" });
  await run.goto(late.id);
  await expect(run.fact("Status")).toHaveText("Completed");
  await expect(operator.getByText("Nobody was there", { exact: true }).first()).toBeVisible();
});

test("K-30 an application waits for its analysts, shows to no other approver, and one of them lets it through", async ({
  product,
  rest,
  browser,
}) => {
  const id = await startKyc(rest, { customerId: "cus_e2e_desk", bundle: { verdict: "requires_review" } });
  await runWithStatus(rest, id, "waiting_approval");
  const approval = (await readRun(rest, id)).approvals[0]?.id ?? "";
  const analyst = await windowOf(browser, product, "analyst@holdpoint.test");
  const inbox = inboxPage(analyst);
  await analyst.goto(`/inbox?id=${approval}`);
  await expect(inbox.pane.getByRole("heading", { name: "KTP requires manual review" })).toBeVisible();
  await expect(inbox.pane.getByText("KYC analyst").first()).toBeVisible();
  await inbox.approve.click();
  await expect(inbox.result.first()).toHaveText(/^Approved\./);
  expect((await runWithStatus(rest, id, "completed")).approvals).toMatchObject([
    { status: "approved", decided_by: "Ana Analyst" },
  ]);
});

/** Asks managers about what the input says, for as long as it says. */
async function publishAsking(rest: RestClient): Promise<string> {
  const slug = `pay-${String(Date.now())}`;
  const spec = {
    inputSchema: { type: "object", properties: { what: { type: "string" }, time: { type: "string" } } },
    startNodeId: "ask",
    nodes: [
      {
        id: "ask",
        type: "approval",
        context: { headline: "${input.what}" },
        assignTo: "role:manager",
        timeout: "${input.time}",
        onTimeout: "absent",
      },
      { id: "paid", type: "end", message: "Paid" },
      { id: "absent", type: "end", message: "Nobody was there" },
    ],
    edges: [{ from: "ask", to: "paid", case: "approved" }],
  };
  expect((await rest.post("/api/workflows", { slug, name: "Pay", spec })).status).toBe(201);
  expect((await rest.post(`/api/workflows/${slug}/publish`)).status).toBe(200);
  return slug;
}

async function start(rest: RestClient, slug: string, input: object): Promise<{ id: string; approval: string }> {
  const started = await rest.post("/api/v1/workflows", { template_id: slug, input });
  const { id } = z.object({ id: z.string() }).parse(started.json);
  await expect.poll(async () => (await readRun(rest, id)).approvals.length).toBe(1);
  return { id, approval: (await readRun(rest, id)).approvals[0]?.id ?? "" };
}
