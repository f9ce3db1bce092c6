import { statusFor } from "@/server/web/host.testkit";
import { expectAccessible } from "./accessible";
import { demoLink, expect, signIn, test } from "./fixtures";

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

test("C1 the sign-in page holds no password, and names the demo's people to nobody without the link", async ({
  page,
  product,
}) => {
  const visitor = await (await page.goto("/sign-in"))?.text();
  await expect(page.getByText("open the sign-in link that npm start printed")).toBeVisible();
  await page.goto(demoLink(product));
  await expect(page.getByRole("button", { name: /owner@holdpoint\.test/ })).toBeVisible();
  const newcomer = await (await page.reload())?.text();
  for (const { email, password } of product.credentials.users) {
    expect(visitor).not.toContain(email);
    for (const html of [visitor, newcomer]) expect(html).not.toContain(password);
  }
  expect(newcomer).toContain("owner@holdpoint.test");
});

test("C1 the printed link, then one click on a demo person: signed in, at the page that was asked for", async ({
  page,
  product,
}) => {
  await page.goto(`${demoLink(product)}&next=/runs`);
  await expectAccessible(page);
  await page.getByRole("button", { name: /operator@holdpoint\.test/ }).click();
  await expect(page).toHaveURL(/\/runs$/);
  await expect(page.getByRole("heading", { name: "Runs" })).toBeVisible();
});

test("C1 a link is good for one browser; another one is told where the next link is", async ({
  page,
  product,
  browser,
}) => {
  const link = demoLink(product);
  await page.goto(link);
  await expect(page.getByRole("button", { name: /owner@holdpoint\.test/ })).toBeVisible();
  // The same browser may come by the link again.
  await page.goto(link);
  await expect(page.getByRole("button", { name: /owner@holdpoint\.test/ })).toBeVisible();
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(link);
  await expect(stranger.getByText("This sign-in link was used before")).toBeVisible();
  await expect(stranger.getByRole("button", { name: /holdpoint\.test/ })).toHaveCount(0);
});

test("C1 a browser without the link cannot sign in as a demo person without a password", async ({ request }) => {
  const { csrfToken } = (await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const answer = await request.post("/api/auth/callback/credentials", {
    form: { csrfToken, email: "owner@holdpoint.test", demo: "yes", json: "true" },
  });
  expect(answer.status()).toBe(403);
  expect((await request.get("/api/v1/approvals")).status()).toBe(401);
});

test("H1 a page under another name that leads here gets 421 and nothing else", async ({ product }) => {
  const port = Number(new URL(product.baseUrl).port);
  for (const path of ["/sign-in", "/api/auth/csrf", "/api/health"])
    expect(await statusFor(port, path, `attacker.test:${String(port)}`)).toBe(421);
});

test("A49 who only decides begins at the inbox, everybody else at home", async ({ product, browser }) => {
  for (const [email, begins] of [
    ["manager@holdpoint.test", "/inbox"],
    ["operator@holdpoint.test", "/home"],
  ] as const) {
    const page = await (await browser.newContext()).newPage();
    await signIn(page, product, email);
    await expect(page).toHaveURL(begins);
  }
});

test("signing out ends the session", async ({ page, product }) => {
  // Somebody whose sign-in no other test keeps.
  await signIn(page, product, "analyst@holdpoint.test");
  await page.getByRole("button", { name: /^Account of/ }).click();
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
