import type { Locator, Page } from "@playwright/test";

/** /demo/mailbox: what a channel has brought to an address, newest first. */
export function mailboxPage(page: Page): { goto(): Promise<void>; message(channel: string, address: string): Locator } {
  return {
    goto: async () => {
      await page.goto("/demo/mailbox");
    },
    message: (channel, address) =>
      page
        .getByRole("listitem")
        .filter({ hasText: channel })
        .filter({ hasText: `to ${address}` }),
  };
}
