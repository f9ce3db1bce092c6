import { builderPage, reach, textOf } from "./pages/builder-page";
import { expect, test, windowOf } from "./fixtures";

/** What a person may need who has never built one before. */
const budgetMs = 5 * 60_000;

test("M-1 M-2 M-3 M-24 a person builds a workflow with the mouse, tests it and publishes it", async ({
  product,
  browser,
}) => {
  test.setTimeout(budgetMs);
  const page = await windowOf(browser, product, "builder@holdpoint.test");
  const builder = builderPage(page);
  const { panel } = builder;
  await page.goto("/workflows");
  await page.getByRole("link", { name: "New automation" }).first().click();
  await page.getByLabel("Name", { exact: true }).fill(`Trip request ${String(Date.now())}`);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(/\/workflows\/trip-request-/);

  await test.step("a form", async () => {
    await builder.addStep("form");
    await builder.rename("Ask for the trip");
    await panel.getByRole("button", { name: "Add a question: number" }).click();
    await panel.getByLabel("Question", { exact: true }).fill("Cost");
    await panel.getByLabel("Name of the value").fill("cost");
    await panel.getByLabel("Shown", { exact: true }).selectOption("In the conversation and on a page");
  });
  await test.step("a condition", async () => {
    await builder.addStep("condition");
    await builder.rename("Is it expensive?");
    await builder.write("Is this true?", "step.form.output.cost > 100");
  });
  await test.step("an approval", async () => {
    await builder.addStep("approval");
    await builder.rename("Manager approval");
    await panel.getByRole("combobox", { name: "Ask", exact: true }).fill("manager");
    await page.getByRole("listbox").getByRole("option").first().click();
    await builder.write("Headline", "Trip for ${step.form.output.cost}");
    await panel.getByLabel("Decide within").selectOption("days");
  });
  await test.step("an HTTP call", async () => {
    await builder.addStep("http");
    await builder.rename("Look up the customer");
    await panel.getByRole("combobox", { name: "Connection", exact: true }).selectOption("shopify");
    await builder.write("Path", "/admin/api/2026-01/products.json");
  });
  await test.step("a message", async () => {
    await builder.addStep("notify");
    await builder.rename("Tell the manager");
    await panel.getByRole("combobox", { name: "To", exact: true }).fill("manager");
    await page.getByRole("listbox").getByRole("option").first().click();
    await builder.write("Message", "The trip is booked.");
  });
  await builder.saved();
  await page.screenshot({ path: "test-results/screens/builder-built-1440-light.png" });

  await test.step("it is tested, with the tester in everybody's place", async () => {
    await page.getByRole("button", { name: "Test", exact: true }).click();
    await panel.getByRole("button", { name: "Execute" }).click();
    await panel.getByLabel("Cost").fill("250");
    await panel
      .getByRole("button", { name: /Send|Submit|Answer/ })
      .first()
      .click();
    await panel.getByRole("button", { name: "Approve" }).click();
    await expect(panel.locator("[data-run][data-status=completed]")).toBeVisible({ timeout: 30_000 });
  });
  await builder.publish("First trip desk");
  await expect(page.getByText("v2 live")).toBeVisible();
  // The test was a real run, and stands among the executions.
  await page.getByRole("tab", { name: /^Executions/ }).click();
  await page.getByRole("switch", { name: "Show tests" }).setChecked(true);
  await expect(page.locator("[data-run]").first()).toContainText("Completed");
});

test("the same by keyboard alone, in the outline", async ({ product, browser }) => {
  test.setTimeout(budgetMs);
  const page = await windowOf(browser, product, "builder@holdpoint.test");
  const builder = builderPage(page);
  const { panel } = builder;
  const { keyboard } = page;
  const name = panel.getByLabel("Name of the step");
  /** Adds after the selected step, and leaves the focus in the new step's panel. */
  const add = async (words: string, title: string): Promise<void> => {
    await reach(page, page.getByRole("button", { name: /^Add Step/ }), "Shift+Tab");
    await keyboard.press("Enter");
    await expect(page.getByRole("combobox", { name: "Find a step to add" })).toBeFocused();
    await keyboard.type(words);
    await keyboard.press("Enter");
    await expect(name).toBeVisible();
    await reach(page, name);
    await keyboard.press("ControlOrMeta+a");
    await keyboard.type(title);
    await expect(builder.line(title)).toBeVisible();
  };
  /** Replaces what a field holds. */
  const write = async (label: string, text: string): Promise<void> => {
    const field = panel.getByRole("textbox", { name: label, exact: true });
    await reach(page, field);
    await keyboard.press("ControlOrMeta+a");
    await keyboard.insertText(text);
    await expect.poll(() => textOf(field)).toContain(text);
    // A code editor may show suggestions, which would take the next Tab.
    if ((await field.getAttribute("contenteditable")) === "true") await keyboard.press("Escape");
  };
  /** Takes the first person, role or team that the words find. */
  const ask = async (label: string, words: string): Promise<void> => {
    await reach(page, panel.getByRole("combobox", { name: label, exact: true }));
    await keyboard.type(words);
    await expect(page.getByRole("listbox").getByRole("option").first()).toBeVisible();
    await keyboard.press("Enter");
  };
  const press = async (button: string | RegExp): Promise<void> => {
    await reach(page, panel.getByRole("button", { name: button }).first());
    await keyboard.press("Enter");
  };

  await page.goto("/workflows/new");
  await expect(page.getByLabel("Name", { exact: true })).toBeFocused();
  await keyboard.type(`Keyboard desk ${String(Date.now())}`);
  await keyboard.press("Enter");
  await page.waitForURL(/\/workflows\/keyboard-desk-/);
  await reach(page, page.getByRole("button", { name: "Outline" }));
  await keyboard.press("Enter");
  await expect(page.getByRole("tree")).toBeVisible();

  await add("form", "Ask for the trip");
  await press("Add a question: number");
  await write("Question", "Cost");
  await write("Name of the value", "cost");
  await reach(page, panel.getByLabel("Shown", { exact: true }));
  for (let option = 0; option < 2; option += 1) await keyboard.press("ArrowDown");
  await add("condition", "Is it expensive?");
  await write("Is this true?", "step.form.output.cost > 100");
  await add("approval", "Manager approval");
  await ask("Ask", "manager");
  await add("http", "Look up the goods");
  await reach(page, panel.getByRole("combobox", { name: "Connection", exact: true }));
  await keyboard.type("Shop");
  await write("Path", "/admin/api/2026-01/products.json");
  await add("notify", "Tell the manager");
  await ask("To", "manager");
  await write("Message", "The trip is booked.");
  await builder.saved();

  await reach(page, page.getByRole("button", { name: "Test", exact: true }), "Shift+Tab");
  await keyboard.press("Enter");
  await press("Execute");
  await expect(panel.getByLabel("Cost")).toBeVisible();
  await reach(page, panel.getByLabel("Cost"));
  await keyboard.type("250");
  await keyboard.press("Enter");
  await expect(panel.getByRole("button", { name: "Approve" })).toBeVisible();
  await press("Approve");
  await expect(panel.locator("[data-run][data-status=completed]")).toBeVisible({ timeout: 30_000 });

  await reach(page, page.getByRole("button", { name: "Publish", exact: true }), "Shift+Tab");
  await keyboard.press("Enter");
  const publish = page.getByRole("button", { name: /^Publish v/ });
  await expect(publish).toBeVisible();
  await reach(page, publish);
  await keyboard.press("Enter");
  await expect(page.getByText("v2 live")).toBeVisible();
});
