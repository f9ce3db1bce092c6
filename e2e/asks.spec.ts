import type { BrowserContextOptions, Page } from "@playwright/test";
import { z } from "zod";
import { expectAccessible } from "./accessible";
import { expect, phone, test, windowOf, type Product } from "./fixtures";
import { inboxPage } from "./pages/inbox-page";
import { cutsOff } from "./receiver";
import { readRun, runWithStatus, type RestClient } from "./rest";

const desk = { viewport: { width: 1440, height: 900 } };

/** Publishes a workflow of one step, and gives the id of a run of it. */
async function runOf(rest: RestClient, slug: string, step: object, status: string): Promise<string> {
  const saved = await rest.post("/api/workflows", {
    slug,
    name: slug,
    spec: {
      startNodeId: "it",
      nodes: [
        { id: "it", ...step },
        { id: "end", type: "end" },
      ],
      edges: [{ from: "it", to: "end" }],
    },
  });
  expect(saved.status, JSON.stringify(saved.json)).toBe(201);
  expect((await rest.post(`/api/workflows/${slug}/publish`)).status).toBe(200);
  const started = await rest.post("/api/v1/runs", { template_id: slug, input: {} });
  const { id } = z.object({ id: z.string() }).parse(started.json);
  await runWithStatus(rest, id, status);
  return id;
}

const outputOf = async (rest: RestClient, id: string) =>
  (await readRun(rest, id)).steps.find(({ node_id: nodeId }) => nodeId === "it");

for (const [name, options] of [
  ["on a phone", phone],
  ["on a desk", desk],
] as const satisfies [string, BrowserContextOptions][])
  test(`A2 a colleague finds a form in the inbox and fills it in, ${name}`, async ({ browser, product, rest }) => {
    const title = `Look at the scan ${name}`;
    const id = await runOf(
      rest,
      `scan-${name.replaceAll(" ", "-")}`,
      {
        type: "collect_form",
        title,
        description: "Type what you see on it.",
        assignTo: "role:operator",
        schema: {
          type: "object",
          required: ["street"],
          properties: {
            street: { type: "string", title: "Street" },
            valid: { type: "boolean", title: "Is it valid?" },
          },
        },
      },
      "waiting_form",
    );
    const page = await operator(browser, product, options);
    const inbox = inboxPage(page);
    await inbox.open(title);
    await expect(inbox.pane.getByText("Type what you see on it.")).toBeVisible();
    await expectAccessible(page);
    await inbox.pane.getByRole("button", { name: "Send answers" }).click();
    await expect(inbox.pane.getByLabel("Street")).toBeFocused();
    await inbox.pane.getByLabel("Street").fill("Hauptstraße 1");
    await inbox.pane.getByRole("button", { name: "Send answers" }).click();
    await expect(inbox.card(title)).toHaveCount(0);
    await runWithStatus(rest, id, "completed");
    expect((await outputOf(rest, id))?.output).toMatchObject({ street: "Hauptstraße 1" });
    await page.goto("/inbox?view=decided");
    await expect(inbox.card(title)).toContainText("Answered");
  });

test("A4 charged or not: the question is asked with what was sent, and one of its answers is given", async ({
  browser,
  product,
  rest,
}) => {
  const bank = await cutsOff();
  const connection = { slug: "cut-bank", connector: "http", base_url: bank.url, auth: { type: "none" } };
  expect((await rest.post("/api/v1/connections", connection)).status).toBe(201);
  const call = {
    type: "service_call",
    name: "Pay the invoice",
    service: "cut-bank",
    method: "POST",
    path: "/payments",
    repeatable: "unsafe",
    body: { amount: 420.5 },
  };
  const id = await runOf(rest, "pay-invoice", call, "waiting_human");
  const page = await operator(browser, product, desk);
  const inbox = inboxPage(page);
  await inbox.open('Did "Pay the invoice" happen?');
  await expect(inbox.pane).toContainText("POST /payments");
  await expect(inbox.pane).toContainText("420.5");
  await expectAccessible(page);
  const give = inbox.pane.getByRole("button", { name: "Give this answer" });
  await give.click();
  await expect(inbox.pane.getByRole("alert")).toHaveText("Choose what is true.");
  const other = await operator(browser, product, desk);
  await inboxPage(other).open('Did "Pay the invoice" happen?');
  await inboxPage(other).pane.getByLabel("Note").fill("I was about to write this.");
  await inbox.pane.getByLabel("It happened: go on").check();
  await inbox.pane.getByLabel("Note").fill("It is on the statement.");
  await give.click();
  await expect(inbox.result).toContainText("It happened: go on");
  // Who was slower reads what they wrote, and what was answered; the focus does not fall to the page.
  await expect(inboxPage(other).pane).toContainText("It was not sent.");
  await expect(inboxPage(other).pane).toContainText("I was about to write this.");
  await expect(inboxPage(other).pane).toContainText("It is on the statement.");
  await expect(inboxPage(other).pane.getByRole("heading", { level: 2 })).toBeFocused();
  await runWithStatus(rest, id, "completed");
  bank.close();
});

async function operator(
  browser: Parameters<typeof windowOf>[0],
  product: Product,
  options: BrowserContextOptions,
): Promise<Page> {
  const page = await windowOf(browser, product, "operator@holdpoint.test", options);
  await page.goto("/inbox");
  return page;
}
