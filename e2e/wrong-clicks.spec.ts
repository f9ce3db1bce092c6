import type { Page } from "@playwright/test";
import { z } from "zod";
import { expect, test, windowOf } from "./fixtures";
import { inboxPage } from "./pages/inbox-page";
import { runWithStatus, type RestClient } from "./rest";

/** Publishes a workflow that asks a manager, and gives what starts a run of it: more urgent than anything in the demo. */
async function urgent(rest: RestClient, slug: string): Promise<(title: string, hours: number) => Promise<string>> {
  const saved = await rest.post("/api/workflows", {
    slug,
    name: slug,
    spec: {
      inputSchema: { type: "object", properties: { title: { type: "string" }, hours: { type: "number" } } },
      startNodeId: "ask",
      nodes: [
        {
          id: "ask",
          type: "approval",
          assignTo: "role:manager",
          actionLabel: "${input.title}",
          timeout: "PT${string(input.hours)}H",
        },
        { id: "yes", type: "end", message: "Paid" },
      ],
      edges: [{ from: "ask", to: "yes" }],
    },
  });
  expect(saved.status).toBe(201);
  expect((await rest.post(`/api/workflows/${slug}/publish`)).status).toBe(200);
  return async (title, hours) => {
    const started = await rest.post("/api/v1/workflows", { template_id: slug, input: { title, hours } });
    const { id } = z.object({ id: z.string() }).parse(started.json);
    return (await runWithStatus(rest, id, "waiting_approval")).approvals[0]?.id ?? "";
  };
}

const statusOf = async (rest: RestClient, id: string): Promise<string> =>
  z.object({ status: z.string() }).parse((await rest.get(`/api/v1/approvals/${id}`)).json).status;

const runOf = async (rest: RestClient, id: string): Promise<string> =>
  z.object({ run_id: z.string() }).parse((await rest.get(`/api/v1/approvals/${id}`)).json).run_id;

/** Four times in one moment, and once more in the very moment in which something else is open. */
async function pressHastily(page: Page, key: string): Promise<void> {
  await page.evaluate((pressed) => {
    const press = () => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: pressed, bubbles: true }));
    const title = () => document.querySelector("[aria-label='Open decision'] h2")?.textContent;
    const before = title();
    const observer = new MutationObserver(() => {
      if (title() === undefined || title() === before) return;
      observer.disconnect();
      press();
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
    for (let time = 0; time < 4; time += 1) press();
  }, key);
}

test("A1 A5 what is open stays open when something more urgent comes, and a second key decides nothing", async ({
  product,
  rest,
  browser,
}) => {
  const ask = await urgent(rest, "stays-open");
  const first = await ask("Pay the rent", 9);
  const page = await windowOf(browser, product, "manager@holdpoint.test");
  const inbox = inboxPage(page);
  await inbox.goto();
  await expect(inbox.pane.getByRole("heading", { name: "Pay the rent" })).toBeVisible();
  await expect(inbox.approve).toBeEnabled();
  await page.keyboard.press("c");
  await inbox.pane.getByLabel(/^Comment/).fill("As every month");
  const second = await ask("Wire everything to Cayman", 1);
  await expect(inbox.card("Wire everything to Cayman")).toBeVisible();
  await expect(inbox.pane.getByRole("heading", { name: "Pay the rent" })).toBeVisible();
  await expect(inbox.pane.getByLabel(/^Comment/)).toHaveValue("As every month");

  await inbox.pane.getByRole("heading", { name: "Pay the rent" }).click();
  await pressHastily(page, "a");
  await expect(inbox.result.first()).toHaveText("Approved. It ends the run: “Paid”.");
  await expect(inbox.pane.getByRole("heading", { name: "Pay the rent" })).toHaveCount(0);
  await expect(inbox.approve).toBeEnabled();
  expect(await statusOf(rest, first)).toBe("approved");
  expect(await statusOf(rest, second)).toBe("pending");
});

test("A5 a decision is taken back, and waits again; what is not taken back counts by itself", async ({
  product,
  rest,
  browser,
}) => {
  const ask = await urgent(rest, "taken-back");
  const [rent, other] = [await ask("Pay the rent twice", 1), await ask("Pay somebody else", 2)];
  const page = await windowOf(browser, product, "manager@holdpoint.test");
  const inbox = inboxPage(page);
  await page.goto(`/inbox?id=${rent}`);
  const decide = async (): Promise<void> => {
    await expect(inbox.pane.getByRole("heading", { name: "Pay the rent twice" })).toBeVisible();
    await expect(inbox.approve).toBeEnabled();
    await inbox.approve.click();
    await expect(inbox.result.first()).toHaveText("Approved. It ends the run: “Paid”.");
    await expect(inbox.card("Pay the rent twice")).toHaveCount(0);
  };
  await decide();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(inbox.result.first()).toHaveText("Taken back. It waits for you again.");
  await expect(inbox.card("Pay the rent twice")).toBeVisible();
  expect(await statusOf(rest, rent)).toBe("pending");
  await decide();
  await page.keyboard.press("Control+z");
  await expect(inbox.result.first()).toHaveText("Taken back. It waits for you again.");
  await decide();
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await page.close();
  expect(await statusOf(rest, rent)).toBe("approved");
  await runWithStatus(rest, await runOf(rest, rent), "completed");
  expect(await statusOf(rest, other)).toBe("pending");
});

test("a key decides neither beside what was searched for, nor under another card's focus, nor in the list of what is decided", async ({
  product,
  rest,
  browser,
}) => {
  const ask = await urgent(rest, "beside");
  const [open, found] = [await ask("Sell the barn", 1), await ask("Sell the hens", 2)];
  const page = await windowOf(browser, product, "manager@holdpoint.test");
  const inbox = inboxPage(page);
  await page.goto(`/inbox?id=${open}`);
  await expect(inbox.pane.getByRole("heading", { name: "Sell the barn" })).toBeVisible();
  await expect(inbox.approve).toBeEnabled();
  await inbox.card("Sell the hens").focus();
  await page.keyboard.press("a");
  await page.getByLabel("Search the inbox").fill("hens");
  await expect(inbox.card("Sell the barn")).toHaveCount(0);
  await page.getByRole("link", { name: "Skip to the open decision" }).focus();
  await page.keyboard.press("a");
  await inbox.card("Sell the hens").focus();
  await page.keyboard.press("a");
  await page.getByLabel("Search the inbox").fill("");
  await page.getByRole("link", { name: "Decided" }).click();
  await expect(page).toHaveURL(/view=decided/);
  await expect(inbox.pane.getByRole("heading", { level: 2 })).toBeVisible();
  await expect(inbox.approve).toHaveCount(0);
  await page.keyboard.press("a");
  await expect(inbox.card("Sell")).toHaveCount(0);
  for (const id of [open, found]) expect(await statusOf(rest, id)).toBe("pending");
});

test("A8 somebody is faster while the words for a rejection are written: they stay, and nothing else is rejected", async ({
  product,
  rest,
  browser,
}) => {
  const ask = await urgent(rest, "faster");
  const [taken, other] = [await ask("Buy a chair", 3), await ask("Buy a table", 4)];
  const page = await windowOf(browser, product, "manager@holdpoint.test");
  const inbox = inboxPage(page);
  await page.goto(`/inbox?id=${taken}`);
  await inbox.reject.click();
  await inbox.rejectDialog.getByLabel(/^Comment/).fill("We have chairs");
  const decided = await rest.post(`/api/v1/approvals/${taken}/approve`, { on_behalf_of: "manager@holdpoint.test" });
  expect(decided.status).toBe(200);
  await expect(inbox.rejectDialog.getByText(/approved this meanwhile\. What you wrote was not sent/)).toBeVisible();
  await expect(inbox.rejectDialog.getByRole("button", { name: "Reject" })).toBeDisabled();
  await expect(inbox.rejectDialog.getByLabel(/^Comment/)).toHaveValue("We have chairs");
  await inbox.rejectDialog.getByRole("button", { name: "Close" }).first().click();
  await expect(inbox.pane.getByRole("heading", { name: "Buy a chair" })).toBeVisible();
  expect(await statusOf(rest, other)).toBe("pending");
});

test("A9 offline nothing is decided, now or later", async ({ product, rest, browser }) => {
  const id = await (await urgent(rest, "offline"))("Sell the boat", 5);
  const page = await windowOf(browser, product, "manager@holdpoint.test");
  const inbox = inboxPage(page);
  await page.goto(`/inbox?id=${id}`);
  await expect(inbox.approve).toBeEnabled();
  await page.context().setOffline(true);
  await page.keyboard.press("a");
  const said = page.getByRole("region", { name: "Decisions" }).getByRole("alert");
  await expect(said).toHaveText("You are offline. Nothing was decided.");
  await expect(inbox.approve).toBeEnabled();
  await page.context().setOffline(false);
  await expect(said).toHaveCount(0);
  await page.reload();
  await expect(inbox.approve).toBeEnabled();
  expect(await statusOf(rest, id)).toBe("pending");
});

test("a key decides nothing that cannot be seen: on a narrow screen the list stands alone", async ({
  product,
  rest,
  browser,
}) => {
  const id = await (await urgent(rest, "narrow"))("Close the shop", 2);
  const page = await windowOf(browser, product, "manager@holdpoint.test", { viewport: { width: 600, height: 800 } });
  const inbox = inboxPage(page);
  await inbox.goto();
  await expect(inbox.card("Close the shop")).toBeVisible();
  await expect(inbox.approve).toBeHidden();
  // As long as it would have to be on the screen.
  await inbox.card("Close the shop").click();
  await expect(inbox.approve).toBeEnabled();
  await page.goBack();
  await expect(inbox.approve).toBeHidden();
  await page.keyboard.press("a");
  await page.keyboard.press("r");
  await expect(inbox.rejectDialog).toHaveCount(0);
  expect(await statusOf(rest, id)).toBe("pending");
});
