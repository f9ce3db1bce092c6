import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import { attachInstance } from "@/tests/instance";
import type { Instance } from "@/tests/instance";

export { expect };

interface ProductFixtures {
  /** The running product: address, demo sign-ins, processes. */
  product: Omit<Instance, "stop">;
}

/** Import `test` from here: it knows the running product. */
export const test = base.extend<ProductFixtures>({
  // Playwright reads the names of what a fixture needs from the first parameter, which therefore must be a pattern.
  product: async ({}, use) => {
    await use(attachInstance(process.env.HOLDPOINT_E2E_DATA_DIR ?? ""));
  },
});

/** Signs one of the demo people in through the sign-in page. */
export async function signIn(page: Page, product: Omit<Instance, "stop">, email: string): Promise<void> {
  const user = product.credentials.users.find((each) => each.email === email);
  if (!user) throw new Error(`demo-credentials.json has no ${email}`);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(user.email);
  await page.getByLabel("Password", { exact: true }).fill(user.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** The address of the first demo person with a role, such as `approver`. */
export function someoneWithRole(product: Omit<Instance, "stop">, role: string): string {
  const user = product.credentials.users.find((each) => each.roles.includes(role));
  if (!user) throw new Error(`demo-credentials.json has nobody with the role ${role}`);
  return user.email;
}

/** Fails with every accessibility problem (WCAG 2.2 A and AA) of the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  const problems = violations.map(
    (each) => `${each.id}: ${each.help} (${each.nodes.map((node) => node.target.join(" ")).join(", ")})`,
  );
  expect(problems).toEqual([]);
}
