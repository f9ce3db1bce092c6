import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";

/** Waits until nothing on the page is still a placeholder. */
export async function loaded(page: Page): Promise<void> {
  await expect(page.getByRole("heading").first()).toBeVisible();
  await expect(page.getByLabel(/^Loading/)).toHaveCount(0);
}

/** How many pixels the page is wider than its window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
