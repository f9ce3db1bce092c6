import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";

export interface InboxPage {
  card(headline: string): Locator;
  /** The approval that is open at the right (alone, on a phone). */
  pane: Locator;
  approve: Locator;
  reject: Locator;
  rejectDialog: Locator;
  goto(): Promise<void>;
  open(headline: string): Promise<void>;
  rejectWith(answer: { comment: string; message: string }): Promise<void>;
  /** The sentence that says what came of the last decision. */
  result: Locator;
}

export function inboxPage(page: Page): InboxPage {
  const list = page.getByRole("region", { name: "Decisions" });
  const pane = page.getByRole("region", { name: "Open decision" });
  const rejectDialog = page.getByRole("dialog", { name: /^Reject/ });
  const card = (headline: string): Locator => list.getByRole("link").filter({ hasText: headline });
  return {
    card,
    pane,
    approve: pane.getByRole("button", { name: /^Approve/ }),
    reject: pane.getByRole("button", { name: /^Reject/ }),
    rejectDialog,
    result: list.getByRole("status"),
    goto: async () => {
      await page.goto("/inbox");
    },
    open: async (headline) => {
      await card(headline).first().click();
      await expect(pane.getByRole("heading", { name: headline })).toBeVisible();
    },
    rejectWith: async ({ comment, message }) => {
      await pane.getByRole("button", { name: /^Reject/ }).click();
      await rejectDialog.getByLabel(/^Comment/).fill(comment);
      await rejectDialog.getByLabel(/^Message to/).fill(message);
      await rejectDialog.getByRole("button", { name: "Reject" }).click();
    },
  };
}
