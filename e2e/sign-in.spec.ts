import { expect, signIn, test } from "./fixtures";

test("a wrong password is refused in a sentence that tells nothing about the account", async ({ page }) => {
  await page.goto("/sign-in");
  for (const email of ["owner@holdpoint.test", "nobody@holdpoint.test"]) {
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password", { exact: true }).fill("not-the-password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(
      page.getByRole("alert").filter({ hasText: "This e-mail and password do not match. Check both and try again." }),
    ).toBeVisible();
    await page.reload();
  }
  expect(new URL(page.url()).pathname).toBe("/sign-in");
});

test("one click fills in a demo person; signing in leads to the page that was asked for", async ({ page }) => {
  await page.goto("/runs");
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByRole("button", { name: /operator@holdpoint\.test/ }).click();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/runs$/);
  await expect(page.getByRole("heading", { name: "Runs" })).toBeVisible();
});

test("signing out ends the session", async ({ page, product }) => {
  await signIn(page, product, "viewer@holdpoint.test");
  await page.getByRole("button", { name: /^Account of Vic Viewer/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL(/\/(sign-in)?$/);
  await page.goto("/inbox");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("3.12 tries are counted by the address they come from, whatever a header says", async ({ request }) => {
  const { csrfToken } = (await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const statuses: number[] = [];
  for (let attempt = 1; attempt <= 16; attempt += 1) {
    const answer = await request.post("/api/auth/callback/credentials", {
      form: { csrfToken, email: "counted@holdpoint.test", password: "not-the-password", json: "true" },
      headers: { "x-forwarded-for": `203.0.113.${String(attempt)}` },
    });
    statuses.push(answer.status());
  }
  // After five wrong ones the waiting doubles with each try: all sixteen would take half an hour.
  expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
  expect(statuses).toContain(429);
});
