import { z } from "zod";
import { customerPhone, expect, test, windowOf } from "./fixtures";
import { customerPage } from "./pages/customer-page";
import { inboxPage } from "./pages/inbox-page";
import { mailboxPage } from "./pages/mailbox-page";
import { runPage } from "./pages/run-page";
import { readRun, type RestClient } from "./rest";

const jane = "jane@acme.com";
const headline = `Upgrade ${jane} to Enterprise`;

test.describe.configure({ mode: "serial" });

test("F-1 F-20 F-22 F-25 F-26 F-28 F-31 F-34 F-37 F-43 demo 1: a customer asks, a manager holds, v4 goes live, the worker dies, and the approved run finishes on v3", async ({
  product,
  rest,
  browser,
}) => {
  const live = await liveWorkflow(rest);
  const before = await runsOf(rest, jane);

  const customer = await customerPhone(browser, product);
  const operator = await windowOf(browser, product, "operator@holdpoint.test");
  const manager = await windowOf(browser, product, "manager@holdpoint.test");
  await operator.goto("/runs");
  await inboxPage(manager).goto();
  const reloads = await countReloads([operator, manager]);

  await customerPage(customer).quickReply("Upgrade my plan").tap();
  await expect(customerPage(customer).messages.getByText("Upgrade my plan", { exact: true }).last()).toBeVisible();
  await expect(
    customerPage(customer).requests.getByRole("heading", { name: "Subscription Upgrade" }).last(),
  ).toBeVisible();

  // The operator's open list shows the run by itself; its page shows each step as it is done.
  const id = await newRunOf(rest, jane, before);
  await operator.locator(`[data-run="${id}"]`).getByRole("link").click();
  const run = runPage(operator);
  await expect(run.step("Preview upgrade cost")).toContainText("$42.60 prorated");
  await expect(run.step("Manager approval required")).toContainText("Awaiting approval");
  await expect(run.fact("Version")).toHaveText(`v${String(live.version)}`);
  await expect(run.fact("Trigger")).toHaveText(/Customer request/);

  // The hold.
  const inbox = inboxPage(manager);
  await expect(inbox.card(headline).first()).toBeVisible();
  await inbox.open(headline);
  await expect(inbox.pane.getByText("Pro → Enterprise")).toBeVisible();
  await expect(inbox.pane.getByText("$42.60/mo prorated")).toBeVisible();

  // Somebody publishes a version, and the worker is killed.
  const next = await publishNext(
    rest,
    `Welcome to Enterprise, says version ${String(live.version + 1)}: \${step.preview.output.display}.`,
  );
  expect(next).toBe(live.version + 1);
  await product.kill("worker");

  // The release.
  await inbox.approve.click();
  await expect(inbox.result.first()).toHaveText(
    /Approved\. It charges \$42\.60 and moves the customer to “Enterprise”\./,
  );
  await expect(run.fact("Status")).toHaveText("Completed", { timeout: 30_000 });
  await expect(run.fact("Version")).toHaveText(`v${String(live.version)}`);
  await expect(run.step("Execute upgrade")).toContainText("stripe.subscription.update");
  await expect(run.step("Send confirmation")).toContainText("WhatsApp + Email");
  await expect(operator.getByText("Upgraded", { exact: true }).first()).toBeVisible();
  expect(await reloads()).toBe(0);

  const mailbox = mailboxPage(manager);
  await mailbox.goto();
  await expect(mailbox.message("WhatsApp", "+1 202 555 0143").first()).toContainText(live.confirmation);
  await expect(mailbox.message("Email", jane).first()).toContainText(live.confirmation);
  await expect(customerPage(customer).requests.getByText("Done", { exact: true }).last()).toBeVisible();

  // Killed or not: the customer was charged once.
  const charges = z
    .object({ logical: z.number() })
    .parse((await rest.get(`/api/sandbox/_calls?key=${id}:execute`)).json);
  expect(charges.logical).toBe(1);
});

test("F-33 F-40 a second request is rejected on the new version, and the customer reads why", async ({
  product,
  rest,
  browser,
}) => {
  const { version } = await liveWorkflow(rest);
  const before = await runsOf(rest, jane);
  const customer = await customerPhone(browser, product);
  const manager = await windowOf(browser, product, "manager@holdpoint.test");

  await customerPage(customer).quickReply("Upgrade my plan").tap();
  const id = await newRunOf(rest, jane, before);
  const inbox = inboxPage(manager);
  await inbox.goto();
  await inbox.open(headline);
  await inbox.rejectWith({
    comment: "Two invoices are open",
    message: "Please settle invoice 1042 first, then ask again.",
  });
  await expect(inbox.result.first()).toHaveText(/^Rejected\./);

  const answer = customerPage(customer)
    .messages.getByText("We could not upgrade your plan this time. Please settle invoice 1042 first, then ask again.")
    .last();
  await expect(answer).toBeVisible();
  await expect(customerPage(customer).messages.getByText("Two invoices are open")).toHaveCount(0);
  await expect(customerPage(customer).requests.getByText("Declined", { exact: true }).last()).toBeVisible();
  const run = await readRun(rest, id);
  expect(run).toMatchObject({ status: "completed", message: "Declined by a manager" });
  expect(run.template.version).toBe(version);
  expect(run.steps.find((step) => step.node_id === "execute")).toMatchObject({ status: "skipped" });
});

const listSchema = z.object({
  workflows: z.array(z.looseObject({ id: z.string(), requested_by: z.string().nullable() })),
});

async function runsOf(rest: RestClient, subject: string): Promise<string[]> {
  const { workflows } = listSchema.parse((await rest.get("/api/v1/workflows?limit=100")).json);
  return workflows.filter((run) => run.requested_by === subject).map((run) => run.id);
}

/** The run that was not there before; waits for it. */
async function newRunOf(rest: RestClient, subject: string, before: readonly string[]): Promise<string> {
  await expect.poll(async () => (await runsOf(rest, subject)).length).toBe(before.length + 1);
  const [id = ""] = (await runsOf(rest, subject)).filter((each) => !before.includes(each));
  return id;
}

const nodeSchema = z.looseObject({ id: z.string(), message: z.string().optional() });
const workflowSchema = z.object({
  data: z.object({
    workflow: z.looseObject({ publishedVersion: z.number(), spec: z.looseObject({ nodes: z.array(nodeSchema) }) }),
  }),
});

async function readWorkflow(rest: RestClient): Promise<z.output<typeof workflowSchema>["data"]["workflow"]> {
  return workflowSchema.parse((await rest.get("/api/workflows/subscription-upgrade")).json).data.workflow;
}

/** The version that new runs take, and what it tells Jane in the end. */
async function liveWorkflow(rest: RestClient): Promise<{ version: number; confirmation: string }> {
  const { publishedVersion, spec } = await readWorkflow(rest);
  const message = spec.nodes.find((node) => node.id === "confirm")?.message ?? "";
  return {
    version: publishedVersion,
    confirmation: message.replace("${step.preview.output.display}", "$42.60 prorated"),
  };
}

/** Publishes a version whose confirmation says something else; gives its number. */
async function publishNext(rest: RestClient, message: string): Promise<number> {
  const { spec } = await readWorkflow(rest);
  const nodes = spec.nodes.map((node) => ({
    ...node,
    ...({ confirm: { message } } as Record<string, object>)[node.id],
  }));
  expect(await rest.patch("/api/workflows/subscription-upgrade", { spec: { ...spec, nodes } })).toMatchObject({
    status: 200,
  });
  const published = await rest.post("/api/workflows/subscription-upgrade/publish", { note: "A warmer welcome" });
  expect(published.status).toBe(200);
  return workflowSchema.parse(published.json).data.workflow.publishedVersion;
}

/** Counts the page loads from now on. */
async function countReloads(pages: readonly Awaited<ReturnType<typeof windowOf>>[]): Promise<() => Promise<number>> {
  await Promise.all(
    pages.map((page) => page.evaluate(() => document.documentElement.setAttribute("data-not-reloaded", ""))),
  );
  return async () => {
    const kept = await Promise.all(pages.map((page) => page.locator("html[data-not-reloaded]").count()));
    return kept.filter((count) => count === 0).length;
  };
}
