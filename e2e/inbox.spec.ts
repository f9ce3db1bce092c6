import { z } from "zod";
import { expectAccessible } from "./accessible";
import { expect, test, windowOf } from "./fixtures";
import { inboxPage } from "./pages/inbox-page";
import { heldInSight, overflowOf } from "./pages/page-state";
import { runPage } from "./pages/run-page";
import { runWithStatus, type RestClient } from "./rest";
import { startUpgrade } from "./start-upgrade";

test("F-36 J and K move, R asks for the words, Escape keeps it open, A approves", async ({
  product,
  rest,
  browser,
}) => {
  const { approval } = await startUpgrade(rest, "kim@acme.com");
  await startUpgrade(rest, "lee@initech.test");
  const page = await windowOf(browser, product, "manager@holdpoint.test");
  const inbox = inboxPage(page);
  await inbox.goto();
  const links = page.getByRole("region", { name: "Decisions" }).locator("[data-approval]");
  await expect(links.first()).toHaveAttribute("aria-current", "true");
  await page.keyboard.press("j");
  await expect(links.nth(1)).toHaveAttribute("aria-current", "true");
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("k");
  await expect(links.first()).toHaveAttribute("aria-current", "true");

  await page.goto(`/inbox?id=${approval}`);
  await expect(inbox.pane.getByRole("heading", { name: "Upgrade kim@acme.com to Enterprise" })).toBeVisible();
  // Keys rest until it has stood there for a moment.
  await expect(inbox.approve).toBeEnabled();
  await page.keyboard.press("r");
  await expect(inbox.rejectDialog).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(inbox.rejectDialog).toBeHidden();
  await expect(inbox.approve).toBeEnabled();
  await page.keyboard.press("a");
  await expect(inbox.result.first()).toHaveText(/^Approved\./);
});

test("A48 the reject dialog holds the focus, is accessible, gives the focus back, and leaves room at 400 %", async ({
  product,
  rest,
  browser,
}) => {
  const { approval } = await startUpgrade(rest, "kim@acme.com");
  const page = await windowOf(browser, product, "manager@holdpoint.test");
  const inbox = inboxPage(page);
  await page.goto(`/inbox?id=${approval}`);
  await inbox.reject.click();
  await expect(inbox.rejectDialog).toBeVisible();
  await expectAccessible(page);
  for (let press = 0; press < 12; press += 1) {
    await page.keyboard.press("Tab");
    await expect(inbox.rejectDialog.locator(":focus")).toHaveCount(1);
  }
  await page.keyboard.press("Escape");
  await expect(inbox.reject).toBeFocused();
  // A48: a laptop at 400 %. What is asked has the whole window, and the buttons come after it.
  await page.setViewportSize({ width: 320, height: 256 });
  expect(await heldInSight(page)).toEqual([]);
  expect(await overflowOf(page)).toBe(0);
  await inbox.approve.scrollIntoViewIfNeeded();
  await expect(inbox.approve).toBeInViewport({ ratio: 1 });
});

test("a refund needs a comment when it is rejected", async ({ product, browser }) => {
  const page = await windowOf(browser, product, "manager@holdpoint.test");
  const inbox = inboxPage(page);
  await inbox.goto();
  await inbox.open("Refund order A-1051 for noor@globex.test");
  await inbox.reject.click();
  await inbox.rejectDialog.getByRole("button", { name: "Reject" }).click();
  await expect(inbox.rejectDialog.getByText("Say why, so that colleagues can follow the decision.")).toBeVisible();
  await expect(inbox.rejectDialog.getByLabel(/^Comment/)).toHaveAttribute("aria-invalid", "true");
});

test("F-36 who comes second reads who was first and when", async ({ product, rest, browser }) => {
  const { approval } = await startUpgrade(rest, "tom@umbrella.test");
  const page = await windowOf(browser, product, "manager@holdpoint.test");
  // A page that hears nothing of what others do, as behind a bad connection.
  await page.route(/\/api\/trpc\/live\./, (route) => route.abort());
  const inbox = inboxPage(page);
  await page.goto(`/inbox?id=${approval}`);
  await expect(inbox.approve).toBeEnabled();
  expect((await rest.post(`/api/v1/approvals/${approval}/reject`, { comment: "Not now" })).status).toBe(200);
  await inbox.approve.click();
  await expect(inbox.result.first()).toHaveText(/^Olive Owner rejected this at .+\.$/);
});

test("a viewer looks and has nothing to press", async ({ product, rest, browser }) => {
  const { id } = await startUpgrade(rest, "tom@umbrella.test");
  const page = await windowOf(browser, product, "viewer@holdpoint.test");
  await page.goto("/inbox");
  await expect(page.getByText("Nothing waits for you.")).toBeVisible();
  const run = runPage(page);
  await run.goto(id);
  await expect(run.fact("Status")).toHaveText("Awaiting approval");
  await expect(run.actions).toHaveCount(0);
  await page.goto("/workflows/subscription-upgrade");
  await expect(page.getByRole("heading", { name: "Subscription Upgrade" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^(Publish|Start a run)$/ })).toHaveCount(0);
  await expect(page.getByRole("switch", { name: "Active" })).toHaveCount(0);
  await page.goto("/workflows/subscription-upgrade?tab=versions");
  await expect(page.getByRole("list", { name: "Version history" }).getByRole("listitem")).not.toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Roll back/ })).toHaveCount(0);
});

test("with reduced motion nothing moves for longer than a blink", async ({ product, rest, browser }) => {
  const { approval } = await startUpgrade(rest, "tom@umbrella.test");
  const page = await windowOf(browser, product, "manager@holdpoint.test", { reducedMotion: "reduce" });
  const inbox = inboxPage(page);
  await page.goto(`/inbox?id=${approval}`);
  await inbox.reject.click();
  await expect(inbox.rejectDialog).toBeVisible();
  expect(await inbox.rejectDialog.evaluate((dialog) => getComputedStyle(dialog).animationDuration)).toBe("0.001s");
});

test("F-41 the card shows customer, action, plan change and amount, and what either answer does", async ({
  product,
  rest,
  browser,
}) => {
  const { approval } = await startUpgrade(rest, "kim@acme.com");
  const page = await windowOf(browser, product, "manager@holdpoint.test");
  const { pane } = inboxPage(page);
  await page.goto(`/inbox?id=${approval}`);
  for (const text of ["kim@acme.com", "subscription.upgrade", "Pro → Enterprise", "$42.60/mo prorated"])
    await expect(pane.getByRole("definition").filter({ hasText: text }).first()).toBeVisible();
  for (const [label, words] of [
    ["If you approve", /^Charges \$42\.60 and moves the customer to “Enterprise”, then writes to “kim@acme\.com” by /],
    ["If you reject", /^Writes to “kim@acme\.com” by .*“Declined by a manager”$/],
    ["If nobody decides in time", /^Counts as rejected, then writes to “kim@acme\.com” by /],
  ] as const) {
    await expect(pane.getByRole("term").filter({ hasText: label })).toBeVisible();
    await expect(pane.getByRole("definition").filter({ hasText: words })).toBeVisible();
  }
});

test("K12 what nobody can decide is flagged at home, in the inbox and on the run, and goes to somebody else", async ({
  product,
  rest,
  browser,
}) => {
  // Vic may look and not decide: such a question waits for nobody.
  const id = await startHandOver(rest, "viewer@holdpoint.test");
  const page = await windowOf(browser, product, "owner@holdpoint.test");
  const flagged = page.getByRole("region", { name: "Nobody can decide" });
  await page.goto("/home");
  await expect(flagged.getByRole("link", { name: "Hand over the keys" })).toBeVisible();
  await page.goto(`/runs/${id}`);
  await expect(
    page.getByText(/^Nobody can decide this any more: .* Reassign it or give someone the role\.$/),
  ).toBeVisible();
  await page.goto("/inbox");
  await flagged.getByRole("link", { name: "Hand over the keys" }).click();
  const inbox = inboxPage(page);
  // What was open before stays until this one is there.
  await expect(inbox.pane.getByRole("heading", { name: "Hand over the keys" })).toBeVisible();
  await expect(inbox.approve).toBeDisabled();
  await inbox.pane.getByRole("button", { name: "Reassign" }).click();
  const dialog = page.getByRole("dialog", { name: /^Reassign/ });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Ask instead").selectOption({ label: "Olive Owner" });
  await dialog.getByLabel(/^Reason/).fill("Vic only looks");
  await dialog.getByRole("button", { name: "Reassign" }).click();
  await expect(dialog).toBeHidden();
  await expect(inbox.approve).toBeEnabled();
  await expect(flagged).toHaveCount(0);
  await inbox.approve.click();
  await expect(inbox.result.first()).toHaveText(/^Approved\./);
  await page.goto("/demo/mailbox");
  await expect(page.getByText("Nobody can decide: Hand over").first()).toBeVisible();
});

/** Starts a run that asks whoever the input names; gives its id. */
async function startHandOver(rest: RestClient, who: string): Promise<string> {
  const saved = await rest.post("/api/workflows", {
    slug: "hand-over",
    name: "Hand over",
    spec: {
      inputSchema: { type: "object", properties: { who: { type: "string" } } },
      startNodeId: "ask",
      nodes: [{ id: "ask", type: "approval", actionLabel: "Hand over the keys", assignTo: "${input.who}" }],
      edges: [],
    },
  });
  expect(saved.status).toBe(201);
  expect((await rest.post("/api/workflows/hand-over/publish")).status).toBe(200);
  const started = await rest.post("/api/v1/workflows", { template_id: "hand-over", input: { who } });
  const { id } = z.object({ id: z.string() }).parse(started.json);
  await runWithStatus(rest, id, "waiting_approval");
  return id;
}
