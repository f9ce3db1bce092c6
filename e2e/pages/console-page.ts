import type { Locator, Page } from "@playwright/test";

export interface ConsolePage {
  goto(): Promise<unknown>;
  open(customer: string): Promise<void>;
  section(title: string): Locator;
  card(customer: string): Locator;
  pane: Locator;
  thread: Locator;
  facts: Locator;
  answerTo(customer: string): Locator;
}

/** /conversations */
export function consolePage(page: Page): ConsolePage {
  const card = (customer: string): Locator => page.locator("[data-conversation]").filter({ hasText: customer }).first();
  const pane = page.getByRole("region", { name: "Open conversation" });
  return {
    goto: () => page.goto("/conversations"),
    card,
    async open(customer) {
      await card(customer).click();
      await pane.getByRole("heading", { name: customer, level: 2 }).waitFor();
    },
    section: (title) => page.getByRole("region", { name: title }),
    pane,
    thread: pane.getByRole("list", { name: "Thread" }),
    facts: page.getByRole("complementary", { name: "Customer and run" }),
    answerTo: (customer) => pane.getByRole("textbox", { name: `Answer to ${customer}` }),
  };
}
