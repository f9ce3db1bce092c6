import type { Page } from "@playwright/test";
import { builderPage } from "./pages/builder-page";
import { loaded, overflowOf, picture } from "./pages/page-state";
import { smallWorkflow } from "./builder-workflow";
import { expectAccessible } from "./accessible";
import { expect, test, windowOf } from "./fixtures";

const large = { viewport: { width: 1440, height: 900 } } as const;

/** Every place of the builder, and what shows that it is there. */
const places: readonly { name: string; query: string; ready: (page: Page) => Promise<void> }[] = [
  {
    name: "canvas",
    query: "tab=canvas",
    ready: (page) => expect(builderPage(page).card("Greet")).toBeVisible({ timeout: 30_000 }),
  },
  {
    name: "outline",
    query: "tab=canvas",
    ready: async (page) => {
      await page.getByRole("button", { name: "Outline" }).click();
      await expect(builderPage(page).line("Greet")).toBeVisible();
    },
  },
  {
    name: "step",
    query: "tab=canvas",
    ready: async (page) => {
      await builderPage(page).card("Greet").click();
      await expect(builderPage(page).panel.getByRole("textbox").first()).toBeVisible();
    },
  },
  {
    name: "test",
    query: "tab=canvas&panel=test",
    ready: (page) => expect(page.getByRole("button", { name: "Execute" })).toBeVisible(),
  },
  {
    name: "problems",
    query: "tab=canvas&panel=problems",
    ready: (page) => expect(page.getByRole("region", { name: "Problems" })).toBeVisible(),
  },
  {
    name: "versions",
    query: "tab=versions",
    ready: (page) => expect(page.getByRole("list", { name: "Version history" })).toBeVisible(),
  },
  ...(["words", "drawing", "text"] as const).map((view) => ({
    name: `compare-${view}`,
    query: `tab=versions&from=1&to=draft&view=${view}`,
    ready: (page: Page) => expect(page.getByText("Greet").or(page.getByText("Greet kindly")).first()).toBeVisible(),
  })),
  { name: "executions", query: "tab=executions", ready: loaded },
  { name: "triggers", query: "tab=triggers", ready: loaded },
  { name: "configuration", query: "tab=configuration", ready: loaded },
  { name: "json", query: "tab=json", ready: loaded },
];

test("F-45 every place of the builder is accessible, and nothing overflows, light and dark", async ({
  product,
  rest,
  browser,
}) => {
  test.setTimeout(240_000);
  const slug = await smallWorkflow(rest, "Every place");
  const editor = await windowOf(browser, product, "builder@holdpoint.test", large);
  await editor.goto(`/workflows/${slug}`);
  await builderPage(editor).card("Greet").click();
  await builderPage(editor).rename("Greet kindly");
  await builderPage(editor).saved();
  const page = await windowOf(browser, product, "builder@holdpoint.test", large);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  for (const { name, query, ready } of places)
    await test.step(name, async () => {
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "no-preference" });
      // The canvas remembers per browser whether it was an outline.
      await page.goto(`/workflows/${slug}?${query}`);
      if (query.startsWith("tab=canvas") && name !== "outline")
        await page.getByRole("group", { name: "View" }).getByRole("button", { name: "Canvas" }).click();
      await ready(page);
      for (const colorScheme of ["light", "dark"] as const) {
        // Nothing but colours tells the schemes apart, and with reduced motion they are there at once.
        if (colorScheme === "dark") await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await picture(page, `builder-${name}-1440-${colorScheme}`);
        await expectAccessible(page, colorScheme === "dark" ? "colours" : "everything");
        expect(await overflowOf(page)).toBe(0);
      }
      expect(faults).toEqual([]);
    });
});

test("a viewer looks, and changes nothing", async ({ product, rest, browser }) => {
  const slug = await smallWorkflow(rest, "Look only");
  const page = await windowOf(browser, product, "viewer@holdpoint.test", large);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`/workflows/${slug}`);
  await expect(builderPage(page).card("Greet")).toBeVisible();
  for (const name of [/^Add Step/, "Publish", "Undo", "Discard"])
    await expect(page.getByRole("button", { name })).toHaveCount(0);
  await builderPage(page).card("Greet").click();
  await expect(builderPage(page).panel.getByRole("heading", { name: "Greet" })).toBeVisible();
  await expect(builderPage(page).panel.getByLabel("Name of the step")).toHaveCount(0);
  // Keys that edit do nothing.
  await page.keyboard.press("Escape");
  await builderPage(page).card("Greet").press("Delete");
  await page.keyboard.press("a");
  await expect(builderPage(page).card("Greet")).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Find a step to add" })).toHaveCount(0);
  expect(asked.filter((url) => url.includes("drafts.applyBatch"))).toEqual([]);

  await page.goto(`/workflows/${slug}?tab=versions`);
  await expect(page.getByRole("list", { name: "Version history" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Roll back/ })).toHaveCount(0);
  await page.getByRole("button", { name: "More for v1" }).click();
  await expect(page.getByRole("menuitem")).toHaveText(["Download as a file"]);
});

test("F-42 F-44 publishing with a second person: nobody approves their own, the other one does from the inbox", async ({
  product,
  rest,
  browser,
}) => {
  const slug = await smallWorkflow(rest, "Four eyes");
  // Whoever is to be reviewed does not switch it.
  const olive = await windowOf(browser, product, "owner@holdpoint.test", large);
  await olive.goto(`/workflows/${slug}?tab=configuration`);
  const review = olive.getByRole("switch", { name: "A second person reviews every publish" });
  await review.click();
  await expect(review).toBeChecked();
  const bea = await windowOf(browser, product, "builder@holdpoint.test", large);
  await bea.goto(`/workflows/${slug}`);
  await builderPage(bea).card("Greet").click();
  await builderPage(bea).rename("Greet twice");
  await builderPage(bea).saved();
  await bea.getByRole("button", { name: "Ask for review" }).click();
  await bea.getByRole("dialog").getByRole("button", { name: "Ask for review" }).click();
  await expect(bea.getByText("Waiting for a second person")).toBeVisible();
  await bea.getByRole("button", { name: "View request" }).click();
  await expect(bea.getByText("You asked for this yourself, so somebody else must decide.")).toBeVisible();
  await expect(bea.getByRole("button", { name: /^Approve/ })).toHaveCount(0);

  await olive.goto("/inbox");
  await olive
    .getByRole("link", { name: /asks to publish Four eyes/ })
    .first()
    .click();
  await olive.getByRole("button", { name: /^Approve & publish/ }).click();
  await expect(olive.getByRole("status").filter({ hasText: "v2 is live" }).first()).toBeVisible();
  await expect(bea.getByText("v2 live")).toBeVisible();
});
