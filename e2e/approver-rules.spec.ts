import { expectAccessible } from "./accessible";
import { expect, phone, test, windowOf } from "./fixtures";
import { overflowOf, picture } from "./pages/page-state";

test("row 26 a table says who would approve €12,000 in Lyon, its rows are moved by keyboard, and publishing says what changes", async ({
  browser,
  product,
}) => {
  const desk = await windowOf(browser, product, "owner@holdpoint.test");
  await desk.goto("/settings/approver-rules");
  await desk.getByRole("link", { name: "Spend" }).click();
  await desk.getByLabel("Amount (EUR)", { exact: true }).fill("12,000");
  await desk.getByLabel("Site", { exact: true }).selectOption("Lyon");
  await desk.getByLabel("Who asks").selectOption({ label: "Olive Owner" });
  await desk.getByRole("button", { name: "Ask the table" }).click();
  await expect(
    desk.getByText("Asked by the rule “Spend”, version 1: amount over €10,000 and site Lyon."),
  ).toBeVisible();
  const asked = desk.getByRole("list", { name: "Who would be asked" });
  await expect(asked).toContainText("Olive Owner: may not, because they asked for it");
  await expect(asked).toContainText("Ana Analyst");
  const rows = desk.getByRole("list", { name: "Rows, the first that fits decides" }).locator("> li");
  await expect(rows.nth(1)).toHaveAttribute("aria-current", "true");
  await expectAccessible(desk);
  await picture(desk, "approver-rules-1440");

  const pen = desk.getByRole("button", { name: "Change who decides by row 1", exact: true });
  await pen.focus();
  await desk.keyboard.press("Alt+ArrowDown");
  await expect(desk.getByRole("button", { name: "Change who decides by row 2", exact: true })).toBeFocused();
  await desk.getByRole("button", { name: "Save draft" }).click();
  await expect(desk.getByText("Not saved")).toBeHidden();
  await desk.getByRole("button", { name: "Publish…" }).click();
  const dialog = desk.getByRole("dialog", { name: "Publish “Spend”" });
  await expect(dialog).toContainText("Rows stand in another order: the first that fits decides.");
  await expect(dialog).toContainText("Requests that are open keep the version that asked them.");
  await expectAccessible(desk);
  await picture(desk, "approver-rules-publish-1440");
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(desk.getByRole("list", { name: "Versions" })).toContainText("Version 2 decides");

  const hand = await windowOf(browser, product, "viewer@holdpoint.test", phone);
  await hand.goto("/settings/approver-rules/spend");
  await expect(hand.getByRole("list", { name: "Rows, the first that fits decides" })).toContainText("Manager");
  expect(await overflowOf(hand)).toBe(0);
  await expectAccessible(hand);
  await picture(hand, "approver-rules-375");
});
