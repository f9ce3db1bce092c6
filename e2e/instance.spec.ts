import { processIsAlive } from "@/scripts/postgres/postmaster-lock";
import { expectAccessible } from "./accessible";
import { expect, signIn, test } from "./fixtures";

test("health names nothing missing once the product is up", async ({ request }) => {
  const response = await request.get("/api/health");
  expect(response.status()).toBe(200);
  expect(await response.json()).toMatchObject({ status: "ready", missing: [] });
});

test("the sign-in page is accessible and signs a demo person in", async ({ page, product }) => {
  await page.goto("/sign-in");
  await expectAccessible(page);
  const [someone] = product.credentials.users;
  await signIn(page, product, someone?.email ?? "");
  await expect(page.getByRole("navigation").first()).toBeVisible();
});

for (const name of ["worker", "web"] as const) {
  test(`a killed ${name} process has a successor that works`, async ({ request, product }) => {
    const before = product.pid(name);
    const after = await product.kill(name);
    expect(processIsAlive(before)).toBe(false);
    expect(processIsAlive(after)).toBe(true);
    await expect
      .poll(async () => (await request.get("/api/health").catch(() => undefined))?.status(), { timeout: 30_000 })
      .toBe(200);
  });
}
