import type { Locator, Page } from "@playwright/test";

export interface RunPage {
  goto(id: string): Promise<void>;
  /** One step of the timeline. */
  step(name: string): Locator;
  /** The value of one of the facts on the card: Version, Status, Started, Trigger. */
  fact(label: string): Locator;
  actions: Locator;
  notices: Locator;
}

export function runPage(page: Page): RunPage {
  const facts = page.locator("dl").first();
  return {
    goto: async (id) => {
      await page.goto(`/runs/${id}`);
    },
    step: (name) =>
      page
        .locator("li[data-step]")
        .filter({ has: page.getByRole("paragraph").filter({ hasText: name }) })
        .first(),
    fact: (label) =>
      facts
        .locator("div")
        .filter({ has: page.getByText(label, { exact: true }) })
        .getByRole("definition"),
    actions: page.getByRole("button", { name: /^(Pause|Cancel|Retry|Resume)$/ }),
    notices: page.getByRole("status"),
  };
}
