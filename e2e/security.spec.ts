import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { conversationUrl, expect, phone, signIn, test, windowOf } from "./fixtures";

// Nobody else signs in as this person, so that the list stays short.
const analyst = "analyst@holdpoint.test";

test("M4 a person sees where they are signed in and signs another browser out", async ({ browser, product }) => {
  const [here, there] = [await browser.newContext(), await browser.newContext()];
  const [page, other] = [await here.newPage(), await there.newPage()];
  await signIn(page, product, analyst);
  await signIn(other, product, analyst);
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: "Security" }).click();
  await expect(page.getByRole("heading", { name: "Where you are signed in" })).toBeVisible();
  await expect(page.getByText("This browser")).toBeVisible();
  await expectAccessible(page);
  // Other tests sign this person in as well: all but this browser go.
  const others = page.getByRole("list", { name: "Your sign-ins" }).getByRole("button", { name: /^Sign out / });
  while ((await others.count()) > 0) {
    const left = await others.count();
    await others.first().focus();
    await page.keyboard.press("Enter");
    await expect(others).toHaveCount(left - 1);
  }
  await other.goto("/inbox");
  await expect(other).toHaveURL(/\/sign-in/);
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/inbox");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("M4 the page fits a phone", async ({ browser, product }) => {
  const page = await windowOf(browser, product, "owner@holdpoint.test", phone);
  await page.goto("/settings/security");
  await expect(page.getByRole("heading", { name: "Members" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign Vic Viewer out everywhere" })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await expectAccessible(page);
});

test("L7 no address of the customer's page but its own holds the link's token", async ({ browser, product }) => {
  const page = await (await browser.newContext(phone)).newPage();
  const link = conversationUrl(product);
  const token = link.split("/c/")[1] ?? "";
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(link);
  await expect(page.getByRole("textbox").first()).toBeVisible();
  expect(asked.filter((url) => url.includes("/api/") && url.includes(token))).toEqual([]);
  expect(asked.some((url) => url.includes("conversations.byToken"))).toBe(true);
});

test("M10 a sensitive act asks for the password in a dialog and goes on", async ({ page, product }) => {
  await signIn(page, product, "owner@holdpoint.test");
  await page.goto("/settings/security");
  const calls = await refuseOnce(page, /sessions\.endOfMember/);
  // Somebody whose sign-in no other test keeps.
  await page.getByRole("button", { name: "Sign Ana Analyst out everywhere" }).click();
  const dialog = page.getByRole("dialog", { name: "Your password, please" });
  await expect(dialog.getByLabel("Password")).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.type("not-the-password");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("This is not your password. Check it and try again.")).toBeVisible();
  await dialog
    .getByLabel("Password")
    .fill(product.credentials.users.find(({ email }) => email === "owner@holdpoint.test")?.password ?? "");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Ana Analyst is signed out everywhere.")).toBeVisible();
  await expect(dialog).toBeHidden();
  expect(calls()).toBe(2);
});

for (const [shape, viewport] of [
  ["a desk", { width: 1440, height: 900 }],
  ["a phone", { width: 375, height: 812 }],
] as const)
  test(`M10 publishing asks for the password over its own dialog, on ${shape}, and goes live with what was written there`, async ({
    browser,
    product,
    rest,
  }) => {
    const slug = `proven-${String(viewport.width)}-${String(Date.now())}`;
    const spec = { startNodeId: "a", nodes: [{ id: "a", type: "transform", expression: { seen: "yes" } }], edges: [] };
    expect((await rest.post("/api/workflows", { slug, name: "Proven", spec })).status).toBe(201);
    const page = await windowOf(browser, product, "builder@holdpoint.test", { viewport });
    const calls = await refuseOnce(page, /drafts\.publish|workflows\.publish/);
    await page.goto(`/workflows/${slug}?tab=versions`);
    await page.getByRole("button", { name: "Publish" }).click();
    await page
      .getByRole("dialog")
      .getByLabel(/^What changed/)
      .fill("Says yes");
    await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
    const dialog = page.getByRole("dialog", { name: "Your password, please" });
    await expect(dialog.getByLabel("Password")).toBeFocused();
    await expectAccessible(page);
    await page.screenshot({ path: test.info().outputPath("over-publish.png") });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    // Whoever would rather not is back where they were, with what they wrote.
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    const publish = page.getByRole("dialog");
    await expect(publish.getByLabel(/^What changed/)).toHaveValue("Says yes");
    expect(calls()).toBe(1);
    const again = await refuseOnce(page, /drafts\.publish|workflows\.publish/);
    await publish.getByRole("button", { name: "Publish" }).click();
    const builder = product.credentials.users.find(({ email }) => email === "builder@holdpoint.test");
    await dialog.getByLabel("Password").fill(builder?.password ?? "");
    await page.keyboard.press("Enter");
    const newest = page.getByRole("list", { name: "Version history" }).getByRole("listitem").first();
    await expect(newest).toContainText("Current");
    await expect(newest).toContainText("Says yes");
    expect(again()).toBe(2);
  });

/** Answers the first call as the server does when the password was given too long ago. Says how many calls there were. */
async function refuseOnce(page: Page, procedure: RegExp): Promise<() => number> {
  let calls = 0;
  await page.route(procedure, async (route) => {
    calls += 1;
    if (calls > 1) return route.continue();
    const data = { code: "FORBIDDEN", httpStatus: 403, appCode: "password_required" };
    return route.fulfill({ status: 403, json: [{ error: { message: "Your password", code: -32003, data } }] });
  });
  return () => calls;
}
