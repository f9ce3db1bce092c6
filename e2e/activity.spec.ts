import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { z } from "zod";
import { pdfPages } from "@/tests/pdf-text";
import { expectAccessible } from "./accessible";
import { expect, phone, test, windowOf } from "./fixtures";
import { startUpgrade } from "./start-upgrade";

/** The program that docs/evidence.md tells whoever checks a file to save. */
function recipe(): string {
  const [, program = ""] = /```js\n([\s\S]*?)```/.exec(readFileSync("docs/evidence.md", "utf8")) ?? [];
  return program;
}

async function download(page: Page, item: string): Promise<string> {
  const started = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: item }).click();
  return (await started).path();
}

test("A18 55 56 a decision is found in the activity at both widths, and its evidence checks out by the documented recipe", async ({
  product,
  rest,
  browser,
}, info) => {
  test.slow();
  const { approval } = await startUpgrade(rest, "kim@acme.com");
  const decider = await windowOf(browser, product, "manager@holdpoint.test");
  await decider.goto(`/inbox?id=${approval}`);
  await decider.getByRole("button", { name: "Approve", exact: true }).click();
  await expect(decider.getByText(/^Approved\./).first()).toBeVisible();
  await expect
    .poll(async () => (await rest.get(`/api/v1/audit?action=approval.approved&limit=1`)).json)
    .toMatchObject({ entries: [{ subject: { id: approval } }] });

  for (const size of [undefined, phone]) {
    const page = await windowOf(browser, product, "owner@holdpoint.test", size);
    await page.goto("/activity?action=approval.approved");
    const row = page.getByRole("listitem").filter({ hasText: "Upgrade kim@acme.com to Enterprise" }).first();
    await expect(row).toContainText("Max Manager approved “Upgrade kim@acme.com to Enterprise”");
    await row.getByRole("button", { name: /^Details/ }).click();
    await expect(row.getByText("Hash of what was shown or sent")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Export" }).click();
    await expect(page.getByRole("dialog").getByText(/newest first/)).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    // A product that has just begun seals its first lines within some seconds.
    await expect(async () => {
      await page.getByRole("button", { name: "Check the seals now" }).click();
      await expect(page.getByText(/lines are as they were sealed/)).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 90_000 });
  }

  const page = await windowOf(browser, product, "owner@holdpoint.test");
  await page.goto(`/inbox?view=decided&id=${approval}`);
  const evidence = page.getByRole("button", { name: "Evidence" });
  await evidence.click();
  const json = await download(page, "JSON with the proof");
  const program = info.outputPath("check.mjs");
  writeFileSync(program, recipe());
  expect(execFileSync(process.execPath, [program, json]).toString()).toMatch(/^Whole: /);
  const changed = info.outputPath("changed.json");
  writeFileSync(changed, readFileSync(json, "utf8").replaceAll("to Enterprise", "to Free"));
  expect(() => execFileSync(process.execPath, [program, changed], { stdio: "pipe" })).toThrow();
  const pack = z
    .object({ decisions: z.array(z.object({ decided_by: z.string() })) })
    .parse(JSON.parse(readFileSync(json, "utf8")));
  await evidence.click();
  const text = pdfPages(readFileSync(await download(page, "PDF to read"))).join("\n");
  expect(text).toContain("Upgrade kim@acme.com to Enterprise");
  expect(text).toContain(pack.decisions[0]?.decided_by);
});

test("55 who may not read the log has no way to it, and is told whom to ask", async ({ product, browser }) => {
  const page = await windowOf(browser, product, "manager@holdpoint.test");
  await page.goto("/activity");
  await expect(page.getByText("Only administrators see the activity")).toBeVisible();
  await expect(page.getByRole("link", { name: "Activity" })).toHaveCount(0);
  await expectAccessible(page);
});
