import { customerPhone, expect, test, windowOf } from "./fixtures";
import { customerPage } from "./pages/customer-page";
import { inboxPage } from "./pages/inbox-page";

test.describe.configure({ mode: "serial" });

test("F-23 F-24 a small refund: a form in the conversation, paid at once, then the bank gets its time", async ({
  product,
  browser,
}) => {
  const page = await customerPhone(browser, product);
  await askForRefund(page, { order: "B-2001", amount: "40", reason: "It arrived damaged" });
  await expect(
    customerPage(page).messages.getByText("We have paid back $40.00 for order B-2001. Banks take up to three days."),
  ).toBeVisible();
});

test("A3 F-27 demo 4: a large refund: rejected with a comment, handed to an operator, settled in the conversation", async ({
  product,
  browser,
}) => {
  const page = await customerPhone(browser, product);
  await askForRefund(page, { order: "B-2002", amount: "250.50", reason: "I changed my mind" });

  const manager = await windowOf(browser, product, "manager@holdpoint.test");
  const inbox = inboxPage(manager);
  await inbox.goto();
  await inbox.open("Refund order B-2002 for jane@acme.com");
  await expect(inbox.pane.getByText("$250.50").first()).toBeVisible();
  await inbox.rejectWith({ comment: "Used for two months", message: "" });
  await expect(inbox.result.first()).toHaveText(/^Rejected\./);

  await expect(customerPage(page).messages.getByText("A colleague will write to you here.")).toBeVisible();
  const operator = await windowOf(browser, product, "operator@holdpoint.test");
  const handed = inboxPage(operator);
  await handed.goto();
  await operator.getByLabel("Search the inbox").fill("jane@acme.com");
  await expect(handed.card("Talk to the customer")).toHaveCount(1);
  await handed.open("Talk to the customer");
  await expect(handed.pane.getByText("A colleague will write to you here.")).toBeVisible();
  await handed.pane.getByLabel("Your message").fill("I have looked into it. Is a credit all right?");
  await handed.pane.getByLabel("Your message").press("Enter");
  await expect(customerPage(page).messages.getByText("I have looked into it. Is a credit all right?")).toBeVisible();
  await expect(handed.pane.getByLabel("Your message")).toHaveValue("");
  await handed.pane.getByLabel("What came of it").fill("credit");
  await handed.pane.getByLabel("Note").fill("We agreed on a credit of $50.");
  await handed.pane.getByRole("button", { name: "Hand back" }).click();
  await expect(handed.result.first()).toHaveText("Handed back. The run goes on.");
  await expect(customerPage(page).messages.getByText("We agreed on a credit of $50.")).toBeVisible();
});

test("a form says what is missing, at the field, and can be sent then", async ({ product, browser }) => {
  const page = await customerPhone(browser, product);
  await customerPage(page).quickReply("Ask for a refund").tap();
  await sendForm(page);
  await expect(page.getByLabel("Order number")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Order number")).toBeFocused();
  await fillForm(page, { order: "B-2003", amount: "19.99", reason: "It never arrived" });
  await expect(customerPage(page).messages.getByText("We have paid back $19.99 for order B-2003.")).toBeVisible();
});

type Phone = Awaited<ReturnType<typeof customerPhone>>;

interface Refund {
  order: string;
  amount: string;
  reason: string;
}

async function askForRefund(page: Phone, refund: Refund): Promise<void> {
  await customerPage(page).quickReply("Ask for a refund").tap();
  await fillForm(page, refund);
}

async function fillForm(page: Phone, { order, amount, reason }: Refund): Promise<void> {
  await expect(page.getByRole("heading", { name: "Your refund" })).toBeVisible();
  await page.getByLabel("Order number").fill(order);
  await page.getByLabel("Amount in dollars").fill(amount);
  await page.getByLabel("What happened?").selectOption({ label: reason });
  await sendForm(page);
  await expect(page.getByRole("heading", { name: "Your refund" })).toBeHidden();
}

/** The form's button; the composer has one of that name too, which shows only an icon. */
async function sendForm(page: Phone): Promise<void> {
  await page.getByRole("button", { name: "Send" }).filter({ hasText: "Send" }).tap();
}
