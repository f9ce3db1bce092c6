import type { Page } from "@playwright/test";
import { z } from "zod";
import { expectAccessible } from "./accessible";
import { expect, phone, test, windowOf } from "./fixtures";
import { consolePage } from "./pages/console-page";
import { customerPage } from "./pages/customer-page";
import { runWithStatus, type RestClient } from "./rest";

const desk = { viewport: { width: 1440, height: 900 } };

/** Opens a conversation with a new customer, and gives its link. */
async function conversationWith(rest: RestClient, name: string): Promise<{ id: string; link: string }> {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@acme.test`;
  const opened = await rest.post("/api/v1/conversations", { contact: { name, email }, subject: "Order 4711" });
  expect(opened.status, JSON.stringify(opened.json)).toBe(201);
  return z.object({ id: z.string(), link: z.url() }).parse(opened.json);
}

async function say(page: Page, text: string): Promise<void> {
  await customerPage(page).composer.fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

test("A3 A25 customer and operator hold a conversation, it is handed back, and the run goes on", async ({
  browser,
  product,
  rest,
}) => {
  test.slow();
  const saved = await rest.post("/api/workflows", {
    slug: "complaints",
    name: "Complaints",
    triggers: [{ id: "talk", type: "conversation", filter: "trigger.text == 'It is broken'" }],
    spec: {
      startNodeId: "hand",
      nodes: [
        { id: "hand", type: "human_handoff", name: "Broken delivery", summary: "It arrived broken." },
        {
          id: "tell",
          type: "notify",
          channels: ["conversation"],
          to: "${contact.email}",
          message: "It is settled: ${step.hand.output.resolution}",
        },
        { id: "end", type: "end" },
      ],
      edges: [
        { from: "hand", to: "tell" },
        { from: "tell", to: "end" },
      ],
    },
  });
  expect(saved.status, JSON.stringify(saved.json)).toBe(201);
  const published = await rest.post("/api/workflows/complaints/publish");
  expect(published.status, JSON.stringify(published.json)).toBe(200);
  const name = "Willa Parcel";
  const { link } = await conversationWith(rest, name);
  const customer = await (await browser.newContext(phone)).newPage();
  await customer.goto(link);
  await say(customer, "It is broken");
  await expect(customerPage(customer).requests).toContainText("A colleague will write to you here");

  const page = await windowOf(browser, product, "operator@holdpoint.test", desk);
  const operators = consolePage(page);
  await operators.goto();
  await expect(operators.section("Handed over, nobody has it")).toContainText(name);
  await operators.open(name);
  await expectAccessible(page);
  await expect(operators.facts).toContainText("It arrived broken.");
  await operators.pane.getByRole("button", { name: "Claim" }).click();
  await expect(operators.section("Yours")).toContainText(name);

  await operators.pane.getByRole("button", { name: "Internal note" }).click();
  await operators.pane.getByRole("textbox", { name: "Internal note" }).fill("Second time this month");
  await page.keyboard.press("Control+Enter");
  await expect(operators.thread).toContainText("Second time this month");
  await operators.pane.getByRole("button", { name: "Answer", exact: true }).click();
  await operators.answerTo(name).fill("/hello");
  await expect(operators.pane.getByRole("listbox", { name: "Canned answers" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(operators.answerTo(name)).toHaveValue(
    `Hello ${name}, thank you for writing to us. I am looking into it.`,
  );
  // What is being written survives a reload.
  await page.reload();
  await expect(operators.answerTo(name)).toHaveValue(/I am looking into it/);
  await operators.answerTo(name).press("Control+Enter");
  await expect(operators.answerTo(name)).toHaveValue("");
  await expect(customerPage(customer).messages.last()).toContainText("I am looking into it");
  await expect(customer.locator("body")).not.toContainText("Second time this month");

  await say(customer, "Thank you");
  await expect(customer.getByRole("status").filter({ hasText: "has reached our team" })).toHaveCount(0);
  await expect(operators.thread).toContainText("Thank you");
  await expectAccessible(customer);
  await operators.facts.getByRole("button", { name: "Hand back…" }).click();
  await operators.facts.getByLabel("What came of it").fill("a new one is on its way");
  await operators.facts.getByRole("button", { name: "Hand back", exact: true }).click();
  await expect(operators.pane).toContainText("Handed back. The run goes on.");
  await expect(customerPage(customer).messages.last()).toContainText("It is settled: a new one is on its way");
  await expect(operators.thread).toContainText("It is settled: a new one is on its way");
  const runId = z
    .string()
    .parse((await operators.facts.getByRole("link", { name: "Complaints" }).getAttribute("href"))?.split("/").at(-1));
  await runWithStatus(rest, runId, "completed");
});

test("A25 a message that nothing takes is counted, answered and closed; the dialogs are accessible", async ({
  browser,
  product,
  rest,
}) => {
  const name = "Otis Quill";
  const { link } = await conversationWith(rest, name);
  const customer = await (await browser.newContext(phone)).newPage();
  await customer.goto(link);
  const page = await windowOf(browser, product, "operator@holdpoint.test", desk);
  const operators = consolePage(page);
  await operators.goto();
  await say(customer, "Do you deliver on Sundays?");
  await expect(customer.getByText("Your message has reached our team.")).toBeVisible();
  await expect(operators.section("Needs an answer")).toContainText(name);
  await expect(page.getByRole("link", { name: /^Conversations \d+ waiting for you$/ })).toBeVisible();
  await operators.open(name);
  await operators.answerTo(name).fill("We do.");
  await operators.pane.getByRole("button", { name: "Send" }).click();
  await expect(operators.section("Yours")).toContainText(name);
  await expect(customerPage(customer).messages.last()).toContainText("We do.");
  await operators.pane.getByRole("button", { name: "Canned answers" }).click();
  await expect(page.getByRole("dialog")).toContainText("Hello {name}");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await operators.pane.getByRole("button", { name: "Release" }).click();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await operators.pane.getByRole("button", { name: "Close", exact: true }).click();
  await expect(operators.section("Yours")).toHaveCount(0);
  await page.getByRole("link", { name: "Closed" }).click();
  await expect(operators.card(name)).toBeVisible();
});
