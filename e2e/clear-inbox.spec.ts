import type { Browser, Page } from "@playwright/test";
import { z } from "zod";
import { expect, test, windowOf, type Product } from "./fixtures";
import { inboxPage } from "./pages/inbox-page";
import { cutsOff, refusesAtFirst } from "./receiver";
import { runWithStatus, type RestClient } from "./rest";

const each = 4;

test("53 approvals, forms, conversations, unknown outcomes and failed runs, twenty of them, are cleared by keyboard alone", async ({
  browser,
  product,
  rest,
}) => {
  test.slow();
  const bank = await cutsOff();
  const shop = await refusesAtFirst(each);
  for (const [slug, url] of [
    ["clearing-bank", bank.url],
    ["clearing-shop", shop.url],
  ])
    expect(
      (await rest.post("/api/v1/connections", { slug, connector: "http", base_url: url, auth: { type: "none" } }))
        .status,
    ).toBe(201);
  const schema = { type: "object", required: ["street"], properties: { street: { type: "string", title: "Street" } } };
  const asked = { assignTo: "role:operator" };
  const runs = [
    ...(await start(rest, "approval", { type: "approval", ...asked, actionLabel: "Pay a bill" }, "waiting_approval")),
    ...(await start(
      rest,
      "form",
      { type: "collect_form", ...asked, title: "Type the address", schema },
      "waiting_form",
    )),
    ...(await start(rest, "talk", { type: "human_handoff", ...asked, name: "Call them back" }, "waiting_human")),
    ...(await start(
      rest,
      "call",
      {
        type: "service_call",
        name: "Send money",
        service: "clearing-bank",
        method: "POST",
        path: "/",
        repeatable: "unsafe",
      },
      "waiting_human",
    )),
    ...(await start(
      rest,
      "order",
      {
        type: "service_call",
        name: "Order goods",
        service: "clearing-shop",
        method: "POST",
        path: "/",
        retry: { maxAttempts: 1 },
      },
      "failed",
    )),
  ];
  bank.close();
  await giveTo(browser, product, rest, { slug: "clearing-order", email: "operator@holdpoint.test" });
  const page = await windowOf(browser, product, "operator@holdpoint.test");
  const inbox = inboxPage(page);
  await inbox.goto();
  await page.getByLabel("Search the inbox").focus();
  await page.keyboard.type("clearing");
  await expect(page.locator("[data-approval]")).toHaveCount(runs.length);
  // Past the filters, to the first card.
  const onCard = () => page.evaluate(() => document.activeElement?.hasAttribute("data-approval") === true);
  for (let presses = 0; presses < 12 && !(await onCard()); presses += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const answered = new Set<string | null>();
  const current = page.locator("[data-approval][aria-current]");
  for (let left = runs.length; left > 0; left -= 1) {
    // What was just answered may be shown for a moment more.
    await expect.poll(async () => answered.has(await current.getAttribute("data-approval"))).toBe(false);
    answered.add(await current.getAttribute("data-approval"));
    await answer(page);
    await expect(page.locator("[data-approval]")).toHaveCount(left - 1);
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
  }
  for (const id of runs) await runWithStatus(rest, id, "completed");
  shop.close();
});

/** Makes somebody the owner of a workflow, as the owner of the organization: failed runs ask them. */
async function giveTo(
  browser: Browser,
  product: Product,
  rest: RestClient,
  { slug, email }: { slug: string; email: string },
): Promise<void> {
  const { json } = await rest.get("/api/v1/members");
  const { members } = z.object({ members: z.array(z.looseObject({ id: z.string(), email: z.string() })) }).parse(json);
  const ownerId = members.find((member) => member.email === email)?.id;
  const window = await windowOf(browser, product, "owner@holdpoint.test");
  await window.goto("/workflows");
  const status = await window.evaluate(
    async (body) =>
      (
        await fetch("/api/trpc/library.organize", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body,
        })
      ).status,
    JSON.stringify({ slug, ownerId }),
  );
  expect(status).toBe(200);
}

/** Answers what is open, as its heading says. */
async function answer(page: Page): Promise<void> {
  const pane = page.getByRole("region", { name: "Open decision" });
  const heading = pane.getByRole("heading", { level: 2 });
  await expect(heading).toBeVisible();
  const title = (await heading.textContent()) ?? "";
  if (title === "Pay a bill") {
    await expect(pane.getByRole("button", { name: /^Approve/ })).toBeEnabled();
    await page.keyboard.press("a");
    return;
  }
  if (title === "Type the address") {
    await tabTo(page, "Street");
    await page.keyboard.type("Hauptstraße 1");
    await page.keyboard.press("Enter");
    return;
  }
  if (title === "“Order goods” failed") {
    await expect(pane.getByRole("button", { name: /^Try again/ })).toBeEnabled();
    await page.keyboard.press("t");
    return;
  }
  if (title !== "Call them back") {
    await tabTo(page, "It happened: go on");
    await page.keyboard.press("Space");
  }
  const button = title === "Call them back" ? "Hand back" : "Give this answer";
  await expect(pane.getByRole("button", { name: button })).toBeEnabled();
  await tabTo(page, button);
  await page.keyboard.press("Enter");
}

/** Presses Tab until what has this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element?.textContent;
      return label?.trim() ?? "";
    });
    if (focused === name) return;
  }
  throw new Error(`No Tab leads to ${name}`);
}

/** Publishes a workflow of one step, and gives the ids of as many runs of it as of the others. */
async function start(rest: RestClient, slug: string, step: object, status: string): Promise<string[]> {
  const spec = {
    startNodeId: "it",
    nodes: [
      { id: "it", ...step },
      { id: "end", type: "end" },
    ],
    edges: [{ from: "it", to: "end" }],
  };
  const saved = await rest.post("/api/workflows", { slug: `clearing-${slug}`, name: `Clearing ${slug}`, spec });
  expect(saved.status, JSON.stringify(saved.json)).toBe(201);
  expect((await rest.post(`/api/workflows/clearing-${slug}/publish`)).status).toBe(200);
  const ids: string[] = [];
  for (let n = 0; n < each; n += 1) {
    const started = await rest.post("/api/v1/runs", { template_id: `clearing-${slug}`, input: {} });
    ids.push(z.object({ id: z.string() }).parse(started.json).id);
  }
  for (const id of ids) await runWithStatus(rest, id, status);
  return ids;
}
