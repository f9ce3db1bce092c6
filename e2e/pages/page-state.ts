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

/** For people to look at, when they ask for pictures: taking them all is a tenth of the time. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env["HOLDPOINT_PICTURES"] === "1")
    await page.screenshot({ path: `test-results/screens/${name}.png`, animations: "disabled" });
}

/** What stays in sight however far somebody scrolls, and so takes room from all the rest: its tag and its height, px. */
export function heldInSight(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("body *")]
      .filter((element) => ["fixed", "sticky"].includes(getComputedStyle(element).position))
      .filter((element) => element.checkVisibility() && element.offsetHeight > 1)
      .map((element) => `${element.tagName.toLowerCase()} ${String(element.offsetHeight)}`),
  );
}
