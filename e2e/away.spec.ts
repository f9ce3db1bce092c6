import { z } from "zod";
import { expectAccessible } from "./accessible";
import { expect, phone, test, windowOf } from "./fixtures";
import { inboxPage } from "./pages/inbox-page";
import { overflowOf } from "./pages/page-state";
import { runWithStatus } from "./rest";

test("row 28 a manager says that they are away, and their deputy decides in their name from a phone", async ({
  browser,
  product,
  rest,
}) => {
  const headline = "Pay 900 to Edda";
  const desk = await windowOf(browser, product, "manager@holdpoint.test");
  await desk.goto("/settings/people");
  await expect(desk.getByRole("list", { name: "Members" }).getByRole("listitem").first()).toBeVisible();
  await desk.getByRole("searchbox", { name: "Search members" }).fill("operator@");
  await expect(desk.getByText("1 member", { exact: true }).first()).toBeVisible();
  await expectAccessible(desk);
  const begin = desk.getByRole("button", { name: "I am away" });
  await begin.click();
  const dialog = desk.getByRole("dialog", { name: "I am away" });
  await dialog.getByLabel("Until").fill("2001-01-01T09:00");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Choose a time after it begins.")).toBeVisible();
  await dialog.getByLabel("Until").fill("2099-12-04T09:00");
  const deputy = dialog.getByLabel("Deputy");
  await deputy.selectOption({
    label:
      (await deputy
        .getByText(/Operator/)
        .first()
        .textContent()) ?? "",
  });
  await dialog.getByLabel("Note").fill("At sea");
  await expectAccessible(desk);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(begin).toBeFocused();
  const own = desk.getByRole("list", { name: "Your absences" });
  await expect(own).toContainText("Away until 4 Dec, 09:00");
  await expect(own).toContainText("“At sea”");

  const spec = {
    startNodeId: "sign",
    nodes: [
      { id: "sign", type: "approval", assignTo: "manager@holdpoint.test", context: { headline }, timeoutHours: 24 },
    ],
    edges: [],
  };
  await rest.post("/api/workflows", { name: headline, slug: "away", spec });
  await rest.post("/api/workflows/away/publish", {});
  const started = await rest.post("/api/v1/workflows", { template_id: "away", input: {} });
  const run = await runWithStatus(rest, z.object({ id: z.string() }).parse(started.json).id, "waiting_approval");

  const phonePage = await windowOf(browser, product, "operator@holdpoint.test", phone);
  await phonePage.goto("/settings/people");
  await expect(phonePage.getByRole("list", { name: "Members" })).toContainText("Away until");
  await expectAccessible(phonePage);
  expect(await overflowOf(phonePage)).toBe(0);
  const theirs = inboxPage(phonePage);
  await theirs.goto();
  await expect(theirs.card(headline)).toContainText("for Max Manager, who is away until");
  await theirs.open(headline);
  await expect(theirs.pane.getByText(/^You decide for Max Manager, who is away until/)).toBeVisible();
  await expectAccessible(phonePage);
  await theirs.approve.click();
  await expect
    .poll(async () => (await rest.get(`/api/v1/approvals/${run.approvals[0]?.id ?? ""}`)).json)
    .toMatchObject({ status: "approved", decided_by: expect.stringMatching(/ for Max Manager, who was away$/) });

  await own.getByRole("button", { name: "End the absence of Max Manager" }).click();
  await expect(own).toBeHidden();
  await expect(begin).toBeFocused();
});
