import type { Locator, Page } from "@playwright/test";

export interface CustomerPage {
  quickReply(label: string): Locator;
  messages: Locator;
  requests: Locator;
  composer: Locator;
}

/** /c/[token] */
export function customerPage(page: Page): CustomerPage {
  return {
    quickReply: (label) => page.getByRole("group", { name: "Quick replies" }).getByRole("button", { name: label }),
    messages: page.locator('[data-item="message"]'),
    requests: page.locator('[data-item="request"]'),
    composer: page.getByRole("textbox", { name: "Your message" }),
  };
}
