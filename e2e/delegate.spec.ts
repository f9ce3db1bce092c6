import { z } from "zod";
import { expectAccessible } from "./accessible";
import { expect, phone, test, windowOf } from "./fixtures";
import { inboxPage } from "./pages/inbox-page";
import { overflowOf } from "./pages/page-state";
import { runWithStatus, type RestClient } from "./rest";

const manager = "manager@holdpoint.test";
const operator = "operator@holdpoint.test";

/** Something the manager is asked, by the owner of the demo. */
async function asked(rest: RestClient, slug: string, headline: string): Promise<string> {
  const spec = {
    startNodeId: "sign",
    nodes: [{ id: "sign", type: "approval", assignTo: "role:manager", context: { headline }, timeoutHours: 24 }],
    edges: [],
  };
  expect((await rest.post("/api/workflows", { name: headline, slug, spec })).status).toBe(201);
  expect((await rest.post(`/api/workflows/${slug}/publish`, {})).status).toBe(200);
  const started = await rest.post("/api/v1/workflows", { template_id: slug, input: {} });
  const { id } = z.object({ id: z.string() }).parse(started.json);
  const run = await runWithStatus(rest, id, "waiting_approval");
  return run.approvals[0]?.id ?? "";
}

test("row 14 a manager gives a decision to a colleague by key, who finds it in the inbox and decides in their name", async ({
  browser,
  product,
  rest,
}) => {
  const id = await asked(rest, "give-away", "Pay 700 to Cleo");
  const desk = await windowOf(browser, product, manager);
  const inbox = inboxPage(desk);
  await inbox.goto();
  await inbox.open("Pay 700 to Cleo");
  await expect(inbox.approve).toBeEnabled();
  await desk.keyboard.press("d");
  const dialog = desk.getByRole("dialog", { name: /^Delegate/ });
  const search = dialog.getByRole("searchbox", { name: "Search colleagues" });
  await expect(search).toBeFocused();
  await expect(dialog.getByRole("radio").first()).toBeVisible();
  await expectAccessible(desk);
  await dialog.getByRole("button", { name: "Delegate" }).click();
  await expect(dialog.getByText("Choose who decides in your name.")).toBeVisible();
  await search.fill("operator");
  await expect(dialog.getByRole("radio")).toHaveCount(1);
  await dialog.getByRole("radio").check();
  await dialog.getByLabel("Why").fill("I am on the train");
  await dialog.getByRole("button", { name: "Delegate" }).click();
  await expect(dialog).toBeHidden();
  await expect(inbox.pane.getByText(/^You gave it to .*“I am on the train”$/)).toBeVisible();
  await expect(inbox.pane.getByRole("button", { name: /^Delegate/ })).toBeHidden();
  await expectAccessible(desk);

  const phonePage = await windowOf(browser, product, operator, phone);
  const theirs = inboxPage(phonePage);
  await theirs.goto();
  await expect(theirs.card("Pay 700 to Cleo")).toContainText("from Max Manager");
  await theirs.open("Pay 700 to Cleo");
  await expect(
    theirs.pane.getByText("Max Manager gave it to you, to decide in their name: “I am on the train”"),
  ).toBeVisible();
  await expectAccessible(phonePage);
  expect(await overflowOf(phonePage)).toBe(0);

  await inbox.pane.getByRole("button", { name: "Take it back" }).click();
  await expect(inbox.pane.getByRole("button", { name: /^Delegate/ })).toBeVisible();
  expect(await desk.evaluate(() => document.activeElement === document.body)).toBe(false);
  await theirs.goto();
  await expect(theirs.card("Pay 700 to Cleo")).toBeHidden();

  await inbox.pane.getByRole("button", { name: /^Delegate/ }).click();
  await search.fill("operator");
  await dialog.getByRole("radio").check();
  await desk.keyboard.press("Control+Enter");
  await expect(dialog).toBeHidden();
  await theirs.goto();
  await theirs.open("Pay 700 to Cleo");
  await theirs.approve.click();
  await expect
    .poll(async () => (await rest.get(`/api/v1/approvals/${id}`)).json)
    .toMatchObject({ status: "approved", decided_by: expect.stringMatching(/ for Max Manager$/) });
});

test("row 12 a manager asks the member who began it, whose answer comes from the inbox; the time stands still between", async ({
  browser,
  product,
  rest,
}) => {
  const id = await asked(rest, "ask-back", "Pay 800 to Dora");
  const desk = await windowOf(browser, product, manager);
  const inbox = inboxPage(desk);
  await inbox.goto();
  await inbox.open("Pay 800 to Dora");
  await expect(inbox.approve).toBeEnabled();
  await desk.keyboard.press("q");
  const dialog = desk.getByRole("dialog", { name: /^Ask about/ });
  const box = dialog.getByLabel("Your question");
  await expect(box).toBeFocused();
  await dialog.getByRole("button", { name: "Ask" }).click();
  await expect(dialog.getByText("Write what you want to know.")).toBeVisible();
  await expectAccessible(desk);
  await box.fill("Which order is it for?");
  await dialog.getByRole("button", { name: "Ask" }).click();
  await expect(dialog).toBeHidden();
  await expect(inbox.pane.getByText(/has not answered yet. Its time stands still until then.$/)).toBeVisible();
  await expect(inbox.pane.getByText("Question asked")).toBeVisible();
  expect((await rest.get(`/api/v1/approvals/${id}`)).json).toMatchObject({ status: "info_requested", due_at: null });
  await expectAccessible(desk);

  const owner = await windowOf(browser, product, "owner@holdpoint.test", phone);
  const theirs = inboxPage(owner);
  await owner.goto(`/inbox?id=${id}`);
  const answer = theirs.pane.getByLabel("Your answer to Max Manager");
  await expectAccessible(owner);
  expect(await overflowOf(owner)).toBe(0);
  await answer.fill("For order 17");
  await theirs.pane.getByRole("button", { name: "Answer" }).click();
  await expect(answer).toBeHidden();
  expect(await owner.evaluate(() => document.activeElement === document.body)).toBe(false);

  await expect(inbox.pane.getByText("For order 17")).toBeVisible();
  await expect(inbox.pane.getByText("Awaiting approval").first()).toBeVisible();
  expect((await rest.get(`/api/v1/approvals/${id}`)).json).toMatchObject({
    status: "pending",
    due_at: expect.any(String),
    questions: [{ text: "Which order is it for?", answer: "For order 17" }],
  });
  await inbox.approve.click();
  await expect
    .poll(async () => (await rest.get(`/api/v1/approvals/${id}`)).json)
    .toMatchObject({ status: "approved", decided_by: "Max Manager" });
});
