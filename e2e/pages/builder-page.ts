import { expect } from "@playwright/test";
import type { Locator, Page } from "@playwright/test";

export interface BuilderPage {
  /** The 400 px beside the canvas. */
  panel: Locator;
  /** A step on the canvas, by its title. */
  card(title: string): Locator;
  /** A line of the outline, by what it begins with. */
  line(title: string): Locator;
  /** Whether the server has every edit. */
  saved(): Promise<void>;
  /** Adds the step that the words find first, after the selected one. */
  addStep(words: string): Promise<void>;
  rename(name: string): Promise<void>;
  /** Writes into a field of the open panel, the one line ones and the code editors alike. */
  write(label: string, text: string): Promise<void>;
  publish(note: string): Promise<void>;
}

export function builderPage(page: Page): BuilderPage {
  const panel = page.getByRole("complementary", { name: "Side panel" });
  return {
    panel,
    card: (title) => page.locator(".react-flow__node").filter({ hasText: title }),
    line: (title) => page.getByRole("treeitem", { name: new RegExp(`^${title}`) }),
    saved: async () => {
      await expect(page.getByText(/^Saved /)).toBeVisible({ timeout: 20_000 });
    },
    addStep: async (words) => {
      await page.getByRole("button", { name: /^Add Step/ }).click();
      await page.getByRole("combobox", { name: "Find a step to add" }).fill(words);
      await page.getByRole("listbox", { name: "Steps" }).getByRole("option").first().click();
      await expect(panel.getByLabel("Name of the step")).toBeVisible();
    },
    rename: async (name) => {
      await panel.getByLabel("Name of the step").fill(name);
    },
    write: async (label, text) => {
      const field = panel.getByRole("textbox", { name: label, exact: true });
      await field.click();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.insertText(text);
      await expect.poll(() => textOf(field)).toContain(text);
    },
    publish: async (note) => {
      await page.getByRole("button", { name: "Publish", exact: true }).click();
      const dialog = page.getByRole("dialog", { name: /^Publish/ });
      await dialog.getByLabel(/^What changed/).fill(note);
      await dialog.getByRole("button", { name: /^Publish v/ }).click();
      await expect(dialog).toBeHidden();
    },
  };
}

const farthest = 150;

/** Walks to an element by keyboard, as somebody without a mouse does. */
export async function reach(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  await expect(target).toBeVisible({ timeout: 30_000 });
  for (let presses = 0; presses < farthest; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${String(farthest)} presses of ${key} did not lead to ${String(target)}`);
}

/** What a field holds, a code editor's included. */
export function textOf(field: Locator): Promise<string> {
  return field.evaluate((element) =>
    element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.value : element.textContent,
  );
}
