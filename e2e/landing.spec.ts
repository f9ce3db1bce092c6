import { expectAccessible } from "./accessible";
import { expect, signIn, test } from "./fixtures";

const stepTypes = ["tool_call", "collect_form", "condition", "notify", "approval", "human_handoff", "end"];

test("F-1 F-2 F-5 F-6 F-7 the landing page says what it is, and Get Started leads in", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("person should decide");
  await expect(page.getByText("New versions never disturb running work")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Get Started" }).first().click();
  await expect(page).toHaveURL(/\/sign-in/);
});

test("F-4 the landing page names the seven step types", async ({ page }) => {
  await page.goto("/");
  for (const type of stepTypes) await expect(page.getByRole("heading", { name: type, exact: true })).toBeVisible();
});

test("F-32 the landing card holds before anything is billed, and goes on when approved", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByText("Awaiting approval")).toBeVisible();
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("Awaiting approval")).toBeHidden();
});

test("F-8 the admin portal's workflows are at /workflows", async ({ page, product }) => {
  await signIn(page, product, "builder@holdpoint.test");
  await page.goto("/workflows");
  await expect(page.getByRole("heading", { name: "Workflows" })).toBeVisible();
  await expect(page.getByRole("link", { name: /Subscription Upgrade/ }).first()).toBeVisible();
});

test("a page asks for no other page until somebody is about to go there", async ({ ownersWindow }) => {
  const page = await ownersWindow({});
  const fetched: string[] = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (searchParams.has("_rsc")) fetched.push(pathname);
  });
  await page.goto("/workflows");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(fetched).toEqual([]);
  await page.getByRole("link", { name: "Runs" }).hover();
  await expect.poll(() => fetched).toContain("/runs");
});
