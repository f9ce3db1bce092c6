import { z } from "zod";
import { customerPhone, expect, test, windowOf } from "./fixtures";
import { customerPage } from "./pages/customer-page";
import { inboxPage } from "./pages/inbox-page";
import { runPage } from "./pages/run-page";
import { runWithStatus } from "./rest";

test("M-18 M-25 F-14 a person starts a run by hand, and the Executions tab has it", async ({ product, browser }) => {
  const page = await windowOf(browser, product, "operator@holdpoint.test");
  await page.goto("/workflows/subscription-upgrade");
  await page.getByRole("button", { name: "Start a run" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Customer").fill("sam@globex.test");
  await dialog.getByLabel("Current plan").selectOption({ label: "Enterprise" });
  await dialog.getByRole("button", { name: "Start run" }).click();
  await page.waitForURL(/\/runs\/[0-9a-f-]+$/);
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await expect(runPage(page).fact("Status")).toContainText("Completed");
  await expect(runPage(page).fact("Trigger")).toContainText("Started by hand");

  await page.goto("/workflows/subscription-upgrade?tab=executions");
  const row = page.locator(`[data-run="${id}"]`);
  await expect(row).toContainText("Completed");
  await expect(row).toContainText("sam@globex.test");
  await row.getByRole("link").first().click();
  await runPage(page).step("Verify customer identity").getByRole("button").first().click();
  await expect(runPage(page).step("Verify customer identity")).toContainText("sam@globex.test");
});

test("F-47 a failed run is read step by step: the error, each failed try, and what was sent", async ({
  product,
  rest,
  browser,
}) => {
  const started = await rest.post("/api/workflows/indonesian-kyc-v1/executions", {
    input: { customerId: "cus_outage_47", bundle: { verdict: "passed" }, traceId: "t-47" },
  });
  const { id } = z.object({ data: z.object({ execution: z.object({ id: z.string() }) }) }).parse(started.json)
    .data.execution;
  const run = await runWithStatus(rest, id, "failed");
  const page = await windowOf(browser, product, "operator@holdpoint.test");
  await page.goto(`/runs/${run.id}`);
  const step = page.locator("li[data-step]").first();
  await expect(step).toContainText("503");
  await step.getByRole("button").first().click();
  for (const part of ["Error", "Every attempt", "Input"]) await expect(step.getByText(part).first()).toBeVisible();
  await expect(step).toContainText("cus_outage_47");
  await expect(page.getByRole("button", { name: "Retry" })).toBeVisible();
});

test("F-35 who decides sees the customer, the conversation, what happens next and every step so far", async ({
  product,
  browser,
}) => {
  const customer = await customerPhone(browser, product);
  await customerPage(customer).quickReply("Upgrade my plan").tap();
  const page = await windowOf(browser, product, "manager@holdpoint.test");
  await page.goto("/inbox");
  await page.getByText("Upgrade jane@acme.com to Enterprise").first().click();
  const { pane } = inboxPage(page);
  for (const part of ["Request", "Customer", "Conversation", "What happens next", "Held values", "History"])
    await expect(
      pane
        .getByRole("heading", { name: part })
        .or(pane.getByText(part, { exact: true }))
        .first(),
    ).toBeVisible();
  await expect(pane.getByText("Upgrade my plan").first()).toBeVisible();
});
