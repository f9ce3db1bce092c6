import { z } from "zod";
import { expectAccessible } from "./accessible";
import { expect, phone, test, windowOf } from "./fixtures";
import { readRun, runWithStatus, type RestClient } from "./rest";

async function failedRun(rest: RestClient): Promise<string> {
  const started = await rest.post("/api/workflows/indonesian-kyc-v1/executions", {
    input: { customerId: "cus_outage_history", bundle: { verdict: "passed" }, traceId: "t-history" },
  });
  const { id } = z.object({ data: z.object({ execution: z.object({ id: z.string() }) }) }).parse(started.json)
    .data.execution;
  return (await runWithStatus(rest, id, "failed")).id;
}

test("B-4 F-46 a run that was retried shows what failed before, and every event in words", async ({
  product,
  rest,
  browser,
}) => {
  const id = await failedRun(rest);
  const page = await windowOf(browser, product, "operator@holdpoint.test");
  await page.goto(`/runs/${id}`);
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(page.locator('[data-event="run.retried"]')).toContainText("Run retried");
  await expect(page.locator('[data-event="run.failed"]')).toHaveCount(2, { timeout: 30_000 });
  await expect(page.locator('[data-event="step.retry_scheduled"]').first()).toContainText("next try");
  const step = page.locator('li[data-step][data-status="failed"]').first();
  await step.getByRole("button").first().click();
  await expect(step.getByText("Every attempt")).toBeVisible();
  await expect(step.getByText("Run retried or resumed")).toBeVisible();
  await expectAccessible(page);
});

test("A-6 somebody who runs things makes a new run from a step, after reading what is done again", async ({
  product,
  rest,
  browser,
}) => {
  const started = await rest.post("/api/v1/workflows", {
    template_id: "subscription-upgrade",
    input: { email: "sam@globex.test", current_plan: "pro" },
  });
  const { id } = z.looseObject({ id: z.string() }).parse(started.json);
  await runWithStatus(rest, id, "waiting_approval");
  const page = await windowOf(browser, product, "operator@holdpoint.test", phone);
  await page.goto(`/runs/${id}`);
  const step = page.locator("li[data-step]").filter({ hasText: "Verify customer identity" }).first();
  await step.getByRole("button").first().click();
  await step.getByRole("button", { name: "Restore from here" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("The new run takes over");
  await expect(dialog).toContainText("Done again");
  await expect(dialog).toContainText("(asked again)");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Start the new run" }).click();
  await page.waitForURL((url) => url.pathname.startsWith("/runs/") && !url.pathname.endsWith(id));
  await expect(page.getByText("Goes on from")).toBeVisible();
  await expect(page.locator('[data-event="run.restored"]')).toContainText("Goes on after Verify customer identity");
  const copy = await readRun(rest, new URL(page.url()).pathname.split("/").at(-1) ?? "");
  expect(copy["restored_from"]).toBe(id);
});
