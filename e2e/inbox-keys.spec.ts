import { expectAccessible } from "./accessible";
import { expect, test, windowOf } from "./fixtures";
import { inboxPage } from "./pages/inbox-page";
import { startUpgrade } from "./start-upgrade";

test("A26 A47 keys of one letter can be switched off, and Ctrl Enter works all the same", async ({
  product,
  rest,
  browser,
}) => {
  const { approval } = await startUpgrade(rest, "kim@acme.com");
  const page = await windowOf(browser, product, "manager@holdpoint.test");
  const inbox = inboxPage(page);
  await page.goto(`/inbox?id=${approval}`);
  await expect(inbox.approve).toHaveAttribute("aria-keyshortcuts", "a");
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expectAccessible(page);
  await dialog.getByRole("switch").click();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.reload();
  await expect(inbox.approve).toBeEnabled();
  await expect(page.locator("[aria-keyshortcuts]")).toHaveCount(0);
  for (const key of ["a", "r", "c", "?"]) await page.keyboard.press(key);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  const comment = inbox.pane.getByRole("button", { name: "Comment" });
  await comment.click();
  await expect(inbox.pane.getByLabel(/^Comment/)).toBeFocused();
  await page.keyboard.type("As agreed");
  await page.keyboard.press("Escape");
  await expect(comment).toBeFocused();
  await inbox.pane.getByLabel(/^Comment/).press("Control+Enter");
  await expect(inbox.result.first()).toHaveText(/^Approved\./);
  await page.goto(`/inbox?view=decided&id=${approval}`);
  await expect(inbox.pane.getByText(/^Max Manager approved this/)).toBeVisible();
  await expect(inbox.pane.getByRole("definition").filter({ hasText: "As agreed" })).toBeVisible();
});

test("A27 A46 the focus goes on to what is shown next, and what was written stays where it was written", async ({
  product,
  rest,
  browser,
}) => {
  const { approval } = await startUpgrade(rest, "kim@acme.com");
  await startUpgrade(rest, "lee@initech.test");
  const page = await windowOf(browser, product, "manager@holdpoint.test");
  const inbox = inboxPage(page);
  await page.goto(`/inbox?id=${approval}`);
  await inbox.pane.getByRole("button", { name: "Comment" }).click();
  await page.keyboard.type("Ask again in May");
  await inbox.card("Upgrade lee@initech.test to Enterprise").first().click();
  await expect(inbox.pane.getByRole("heading", { name: "Upgrade lee@initech.test" })).toBeVisible();
  await expect(inbox.pane.getByLabel(/^Comment/)).toHaveCount(0);
  await page.goBack();
  await expect(inbox.pane.getByLabel(/^Comment/)).toHaveValue("Ask again in May");
  await page.getByRole("link", { name: "Skip to the open decision" }).focus();
  await page.keyboard.press("Enter");
  await expect(inbox.pane.getByRole("heading", { name: "Upgrade kim@acme.com" })).toBeFocused();
  await expect(inbox.approve).toBeEnabled();
  await inbox.approve.press("Enter");
  await expect(inbox.result.first()).toHaveText(/^Approved\./);
  await expect(page).not.toHaveURL(new RegExp(approval));
  await expect(inbox.pane.getByRole("heading", { level: 2 })).toBeFocused();
});
