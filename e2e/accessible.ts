import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "@playwright/test";
import type { Page } from "@playwright/test";
import type axe from "axe-core";

/** It is sent to each page anew: half as much as the other build of it, which tells the same. */
const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 A and AA. */
const everyRule = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** Those of them that ask about colours. */
const colourRules = ["color-contrast", "link-in-text-block"];

/**
 * Fails with every accessibility problem of the page as it stands when nothing moves any more. `"colours"`: only what another colour scheme can change, for a page
 * that was looked at in one already.
 */
export async function expectAccessible(page: Page, about: "everything" | "colours" = "everything"): Promise<void> {
  // A page of one frame is judged where it is.
  expect(page.frames()).toHaveLength(1);
  await page.evaluate(comeToRest);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const problems = await page.evaluate(
    async (runOnly) => {
      const { axe: judge } = window as unknown as { axe: typeof axe };
      // To name every element that is in order takes as long as half of the rules: only where something is wrong are they named.
      const { violations: found } = await judge.run(document, {
        runOnly,
        resultTypes: ["violations"],
        selectors: false,
      });
      if (found.length === 0) return [];
      const { violations } = await judge.run(document, { runOnly, resultTypes: ["violations"] });
      // In words, here: the whole report is megabytes that nobody reads.
      return found.map(({ id, help }) => {
        const nodes = violations.find((violation) => violation.id === id)?.nodes ?? [];
        return `${id}: ${help} (${nodes.map(({ target }) => target.join(" ")).join(", ")})`;
      });
    },
    about === "colours" ? { type: "rule" as const, values: colourRules } : { type: "tag" as const, values: everyRule },
  );
  expect(problems).toEqual([]);
}

/** Runs in the page. A colour that is handed down changes level by level, each as a transition of its own. */
async function comeToRest(): Promise<void> {
  const drawn = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const moving = (): Animation[] =>
    document
      .getAnimations()
      .filter(({ playState, effect }) => playState === "running" && effect?.getComputedTiming().endTime !== Infinity);
  await drawn();
  for (let left = moving(); left.length > 0; left = moving()) {
    await Promise.allSettled(left.map(({ finished }) => finished));
    await drawn();
  }
}
