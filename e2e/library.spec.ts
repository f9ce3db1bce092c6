import { readFile } from "node:fs/promises";
import { expectAccessible } from "./accessible";
import { expect, test, windowOf } from "./fixtures";

const builder = "builder@holdpoint.test";

test("M-1 M-24 a template becomes a workflow that was tested, without a line of writing", async ({
  product,
  browser,
}) => {
  const page = await windowOf(browser, product, builder);
  const name = `Leave ${String(Date.now())}`;
  await page.goto("/workflows/templates");
  await page.getByRole("searchbox", { name: "Search templates" }).fill("leave");
  await page.getByRole("button", { name: "Use it: Leave request" }).click();
  const dialog = page.getByRole("dialog", { name: "Leave request" });
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByLabel(/Grant without asking/).fill("many");
  await dialog.getByRole("button", { name: "Create and test" }).click();
  await expect(dialog.getByText("Write a number of zero or more.")).toBeVisible();
  await dialog.getByLabel(/Grant without asking/).fill("2");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Create and test" }).click();
  await page.waitForURL(/\/workflows\/leave-\d+\?tab=canvas&panel=test/);
  const panel = page.getByRole("complementary", { name: "Side panel" });
  await expect(panel.getByLabel("Working days")).toHaveValue("5");
  await panel.getByRole("button", { name: "Execute" }).click();
  await expect(panel.getByText(/Manager decides/).first()).toBeVisible({ timeout: 20_000 });
});

test("a workflow is exported, deleted, restored, and imported under another address", async ({
  product,
  browser,
  rest,
}) => {
  const slug = `trash-${String(Date.now())}`;
  const created = await rest.post("/api/workflows", {
    slug,
    name: slug,
    spec: { startNodeId: "a", nodes: [{ id: "a", type: "wait", duration: "PT1S" }], edges: [] },
  });
  expect(created.status).toBe(201);
  const page = await windowOf(browser, product, builder);
  await page.goto(`/workflows?q=${slug}`);
  const more = page.getByRole("button", { name: `More for ${slug}` });
  await more.click();
  const saving = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Export as file" }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe(`${slug}.json`);
  const text = await readFile(await file.path(), "utf8");
  expect(JSON.parse(text)).toMatchObject({ slug, spec: { startNodeId: "a" } });

  await more.click();
  await page.getByRole("menuitem", { name: "Move to trash" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Move to trash" }).click();
  await expect(page.getByText("No workflow matches")).toBeVisible();

  await page.goto("/workflows?view=trash");
  const row = page.getByRole("listitem").filter({ hasText: slug });
  await expect(row).toContainText("30 days left");
  await row.getByRole("button", { name: "Restore" }).click();
  await expect(row).toHaveCount(0);

  await page.goto("/workflows");
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Import a workflow" });
  await dialog.getByLabel("Or paste the text").fill(text.replace('"wait"', '"wiat"'));
  await expect(dialog.getByText(/Line \d+, column \d+/)).toBeVisible();
  await expect(dialog).toContainText("wait");
  await dialog.locator('input[type="file"]').setInputFiles({
    name: `${slug}.json`,
    mimeType: "application/json",
    buffer: Buffer.from(text),
  });
  await expect(dialog).toContainText("another address");
  await dialog.getByRole("button", { name: "Import", exact: true }).click();
  await page.waitForURL((url) => url.pathname.startsWith(`/workflows/${slug}-`));
  await expect(page.getByRole("heading", { level: 1, name: slug })).toBeVisible();
});

test("folders and tags narrow the list, and several workflows are moved at once", async ({
  product,
  browser,
  rest,
}) => {
  const mark = String(Date.now());
  for (const name of [`move-a-${mark}`, `move-b-${mark}`])
    await rest.post("/api/workflows", {
      slug: name,
      name,
      spec: { startNodeId: "a", nodes: [{ id: "a", type: "wait", duration: "PT1S" }], edges: [] },
    });
  const page = await windowOf(browser, product, builder);
  await page.goto(`/workflows?q=${mark}`);
  for (const name of [`move-a-${mark}`, `move-b-${mark}`]) await page.getByLabel(`Select ${name}`).check();
  await page
    .getByRole("toolbar", { name: "Selected workflows" })
    .getByRole("button", { name: "Move", exact: true })
    .click();
  await page.getByRole("dialog").getByLabel("Folder").fill(`Moved/${mark}`);
  await page.getByRole("dialog").getByRole("button", { name: "Move", exact: true }).click();
  // A page that is left takes back what it was about to ask for.
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.goto("/workflows");
  const folders = page.getByRole("navigation", { name: "Folders and tags" });
  await folders.getByRole("button", { name: new RegExp(mark) }).click();
  await expect(page.getByRole("list", { name: "Workflows" }).getByRole("listitem")).toHaveCount(2);
});
