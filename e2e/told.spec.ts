import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, phone, test, windowOf } from "./fixtures";
import { mailboxPage } from "./pages/mailbox-page";
import { overflowOf } from "./pages/page-state";
import { startUpgrade } from "./start-upgrade";

const manager = "manager@holdpoint.test";
const headline = /Upgrade kim@acme\.com to/;

test("A17 the bell rings without a reload, lists what waits, and what was opened is read", async ({
  product,
  rest,
  browser,
}) => {
  await startUpgrade(rest, "kim@acme.com");
  const page = await windowOf(browser, product, manager);
  await page.goto("/home");
  const bell = page.getByRole("button", { name: /^Notifications/ });
  await expect(bell).toHaveAccessibleName(/unread$/);
  await bell.click();
  const panel = page.getByRole("dialog", { name: "Notifications" });
  await panel.getByRole("button", { name: "Mark all as read" }).click();
  await expect(bell).toHaveAccessibleName("Notifications");
  await page.keyboard.press("Escape");
  await expect(bell).toBeFocused();

  await startUpgrade(rest, "kim@acme.com");
  await expect(bell).toHaveAccessibleName("Notifications: 1 unread");
  await bell.press("Enter");
  await expectAccessible(page);
  const newest = panel.getByRole("listitem").first();
  await expect(newest).toContainText("To decide");
  await newest.getByRole("link", { name: headline }).click();
  await expect(page).toHaveURL(/\/inbox\?id=/);
  await expect(
    page.getByRole("region", { name: "Open decision" }).getByRole("heading", { name: headline }),
  ).toBeVisible();
  await expect(bell).toHaveAccessibleName("Notifications");
});

test("A17 S3 the mail's link decides on a phone, for whoever its code was sent to, and scanners change nothing", async ({
  product,
  rest,
  browser,
}) => {
  await startUpgrade(rest, "kim@acme.com");
  const desk = await windowOf(browser, product, "owner@holdpoint.test");
  const link = await newestIn(desk, "To decide: ", /https?:\/\/\S+\/d\/[0-9a-f]{64}/);

  const page = await (await browser.newContext(phone)).newPage();
  for (let scanner = 0; scanner < 50; scanner += 1) {
    const fetched = await page.request.get(link, { headers: { "user-agent": `SafeLinks/${String(scanner)}` } });
    expect(fetched.status()).toBe(200);
    expect(fetched.headers()).toMatchObject({
      "cache-control": expect.stringContaining("no-store"),
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex, nofollow, noarchive",
    });
    expect(fetched.headers()["set-cookie"]).toBeUndefined();
    expect(await fetched.text()).not.toContain("kim@acme.com");
  }

  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Something waits for your decision" })).toBeVisible();
  await expect(page.getByText("kim@acme.com")).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Send me a code" }).tap();
  await expect(page.getByLabel("Code")).toBeFocused();
  const code = await newestIn(desk, "Your code: ", /(?<=Your code: )\d{6}/);
  await page.getByLabel("Code").fill(code === "000000" ? "000001" : "000000");
  await page.getByRole("button", { name: "Show the request" }).tap();
  await expect(page.getByRole("alert").first()).toContainText("not the code that was sent last");
  await page.getByLabel("Code").fill(code);
  await page.getByRole("button", { name: "Show the request" }).tap();

  await expect(page.getByRole("heading", { name: headline })).toBeFocused();
  await expect(page.getByText("If you approve")).toBeVisible();
  await expectAccessible(page);
  expect(await overflowOf(page)).toBe(0);
  await page.getByRole("button", { name: "Approve" }).tap();
  await expect(page.getByText(/^Approved\./)).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).tap();
  await expect(page.getByText("Taken back. It waits for you again.")).toBeVisible();
  await page.getByRole("button", { name: "Approve" }).tap();
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo" })).toBeHidden();
  await page.reload();
  await expect(page.getByText(/^Max Manager approved this/)).toBeVisible();
  await expect(page.getByText("by a link, address proven by code")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);
  await expectAccessible(page);
});

test("A17 each chooses what comes by e-mail, and when one mail about all of it does", async ({ product, browser }) => {
  const page = await windowOf(browser, product, "operator@holdpoint.test");
  await page.goto("/home");
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: "Notifications" }).click();
  await page.getByRole("radio", { name: /^Only reminders and escalations/ }).check();
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByRole("radio", { name: /^Only reminders and escalations/ })).toBeChecked();
  await page.getByRole("radio", { name: /^Each request at once/ }).check();
  await expect(page.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();

  await page.getByRole("checkbox", { name: "Send me a digest" }).check();
  await page.getByLabel("At", { exact: true }).fill("06:30");
  await page.getByRole("checkbox", { name: "Saturday" }).check();
  await page.setViewportSize({ width: 375, height: 812 });
  await expectAccessible(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: /The next one comes on .* at 06:30\./ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("checkbox", { name: "Saturday" })).toBeChecked();
  await page.getByRole("checkbox", { name: "Send me a digest" }).uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. You get no digest.")).toBeVisible();
});

/** What stands in the newest mail to the manager with this subject, once there is one. */
async function newestIn(page: Page, subject: string, pattern: RegExp): Promise<string> {
  const mailbox = mailboxPage(page);
  await mailbox.goto();
  const mail = mailbox.message("Email", manager).filter({ hasText: subject }).first();
  await expect(mail).toBeVisible();
  const [found] = pattern.exec((await mail.textContent()) ?? "") ?? [];
  expect(found).toBeDefined();
  return found ?? "";
}
