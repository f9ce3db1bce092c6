import type { Page } from "@playwright/test";
import { builderPage } from "./pages/builder-page";
import { smallWorkflow } from "./builder-workflow";
import { expect, test, windowOf } from "./fixtures";

/** Opens the step's panel by the mouse. */
async function openStep(page: Page, title: string): Promise<void> {
  await builderPage(page).card(title).click();
  await expect(builderPage(page).panel.getByLabel("Name of the step")).toHaveValue(title);
}

test("two people edit one draft: both edits last, and each sees the other", async ({ product, rest, browser }) => {
  test.setTimeout(180_000);
  const slug = await smallWorkflow(rest, "Two desks");
  const bea = await windowOf(browser, product, "builder@holdpoint.test");
  const olive = await windowOf(browser, product, "owner@holdpoint.test");
  for (const page of [bea, olive]) await page.goto(`/workflows/${slug}`);
  await expect(bea.getByRole("button", { name: /^Olive Owner is here too/ })).toBeVisible();
  await expect(olive.getByRole("button", { name: /^Bea Builder is here too/ })).toBeVisible();

  await openStep(bea, "Greet");
  await openStep(olive, "Shape");
  await expect(olive.getByRole("button", { name: "Bea Builder is here too, at greet" })).toBeVisible();
  // At the same time, each in a step of their own.
  await Promise.all([builderPage(bea).rename("Greet by Bea"), builderPage(olive).rename("Shape by Olive")]);
  for (const page of [bea, olive]) {
    await expect(builderPage(page).card("Greet by Bea")).toBeVisible();
    await expect(builderPage(page).card("Shape by Olive")).toBeVisible();
    await builderPage(page).saved();
  }

  // And two things of one step: the name here, the note there.
  await openStep(olive, "Greet by Bea");
  await builderPage(olive).panel.getByRole("button", { name: "Advanced" }).click();
  await Promise.all([
    builderPage(bea).rename("Greet again"),
    builderPage(olive).panel.getByLabel(/^Note/).fill("Says hello first"),
  ]);
  await expect(builderPage(olive).card("Greet again")).toBeVisible();
  const onlooker = await windowOf(browser, product, "viewer@holdpoint.test");
  await builderPage(bea).saved();
  await builderPage(olive).saved();
  await onlooker.goto(`/workflows/${slug}`);
  await expect(builderPage(onlooker).card("Greet again")).toBeVisible({ timeout: 30_000 });
  await expect(builderPage(onlooker).card("Shape by Olive")).toBeVisible();
  await expect(onlooker.getByText("You are editing")).toBeHidden();
  await expect(onlooker.getByText("v2 is being edited. Customers still get v1.")).toBeVisible();
});

test("an edit outlives the tab that was killed before it was saved", async ({ product, rest, browser }) => {
  const slug = await smallWorkflow(rest, "Killed tab");
  const page = await windowOf(browser, product, "builder@holdpoint.test");
  await page.goto(`/workflows/${slug}`);
  await openStep(page, "Greet");
  // The network goes away, so that nothing of the edit reaches the server.
  await page.route(/drafts\.applyBatch/, (route) => route.abort());
  await builderPage(page).rename("Greet from the train");
  await expect(page.getByText(/No connection/)).toBeVisible();
  await page.close({ runBeforeUnload: false });

  const again = await page.context().newPage();
  await again.goto(`/workflows/${slug}`);
  await expect(builderPage(again).card("Greet from the train")).toBeVisible();
  await builderPage(again).saved();
  const olive = await windowOf(browser, product, "owner@holdpoint.test");
  await olive.goto(`/workflows/${slug}`);
  await expect(builderPage(olive).card("Greet from the train")).toBeVisible();
});

test("an edit outlives the server that was killed while it was made", async ({ product, rest, browser }) => {
  const slug = await smallWorkflow(rest, "Killed server");
  const page = await windowOf(browser, product, "builder@holdpoint.test");
  await page.goto(`/workflows/${slug}`);
  await openStep(page, "Greet");
  const killed = product.kill("web");
  await builderPage(page).rename("Greet through the storm");
  await killed;
  await expect(page.getByText(/^Saved /)).toBeVisible({ timeout: 30_000 });

  const olive = await windowOf(browser, product, "owner@holdpoint.test");
  await olive.goto(`/workflows/${slug}`);
  await expect(builderPage(olive).card("Greet through the storm")).toBeVisible();
});

test("code that could not be fetched while the server was away is fetched later, and the page stays", async ({
  product,
  rest,
  browser,
}) => {
  const slug = await smallWorkflow(rest, "Away for a moment");
  const page = await windowOf(browser, product, "builder@holdpoint.test");
  await page.goto(`/workflows/${slug}`);
  await expect(builderPage(page).card("Greet")).toBeVisible();
  await page.route("**/_next/static/chunks/**", (route) => route.abort());
  await openStep(page, "Greet");
  await builderPage(page).rename("Greet all the same");
  await builderPage(page).saved();
  await expect(builderPage(page).panel.locator(".cm-content")).toHaveCount(0);
  await page.unroute("**/_next/static/chunks/**");
  await expect(builderPage(page).panel.locator(".cm-content").first()).toBeVisible();
});
