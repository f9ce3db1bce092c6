import { z } from "zod";
import { expectAccessible } from "./accessible";
import { expect, phone, test, windowOf } from "./fixtures";
import { inboxPage } from "./pages/inbox-page";
import { runWithStatus } from "./rest";

test("A6 the list is narrowed and grouped; three are selected by keys, approved together though one was decided meanwhile, and taken back with one Undo", async ({
  browser,
  product,
  rest,
}) => {
  const ask = {
    id: "ask",
    type: "approval",
    assignTo: ["role:manager", "role:operator", "role:owner"],
    context: { headline: "Pay bill ${input.n}", fields: [{ label: "Amount", value: "USD ${input.n}0" }] },
  };
  const spec = {
    startNodeId: "ask",
    nodes: [ask, { id: "done", type: "end" }],
    edges: [{ from: "ask", to: "done", case: "approved" }],
  };
  expect((await rest.post("/api/workflows", { name: "Bills", slug: "bills", spec })).status).toBe(201);
  expect((await rest.post("/api/workflows/bills/publish", {})).status).toBe(200);
  for (const n of [1, 2, 3]) {
    const started = await rest.post("/api/v1/workflows", { template_id: "bills", input: { n } });
    const { id } = z.object({ id: z.string() }).parse(started.json);
    await runWithStatus(rest, id, "waiting_approval");
  }

  const page = await windowOf(browser, product, "manager@holdpoint.test");
  // This page is not told what others do: what it shows is what was there when it was opened.
  await page.route(/live\.changes/, (route) => route.abort());
  const inbox = inboxPage(page);
  await inbox.goto();
  await page.getByRole("combobox", { name: "Workflow" }).selectOption({ label: "Bills" });
  await page.getByRole("combobox", { name: "Order" }).selectOption("By amount");
  await page.getByRole("button", { name: "Group by workflow" }).click();
  await expect(page).toHaveURL(/workflow=bills&sort=amount&group=workflow/);
  await page.reload();
  await expect(page.getByRole("button", { name: /^Bills\s*3$/ })).toBeVisible();
  await expect(inbox.card("Pay bill")).toContainText(["Pay bill 3", "Pay bill 2", "Pay bill 1"]);
  await inbox.card("Pay bill 3").focus();
  await page.keyboard.press("x");
  await inbox.card("Pay bill 3").press("Enter");
  await expect(inbox.pane.getByRole("heading", { name: "Pay bill 3" })).toBeVisible();
  for (const next of ["Pay bill 2", "Pay bill 1"]) {
    await page.keyboard.press("Shift+J");
    await expect(inbox.card(next)).toHaveAttribute("aria-current", "true");
  }
  const bar = page.getByRole("group", { name: "What is selected" });
  await expect(bar).toContainText("3 selected · $60.00 in all");
  await expectAccessible(page);
  await page.keyboard.press("a");
  const dialog = page.getByRole("dialog", { name: "Approve 3 at once?" });
  await expect(dialog.getByRole("listitem")).toHaveCount(3);
  await expectAccessible(page);

  const open = z
    .object({ approvals: z.array(z.object({ id: z.string(), headline: z.string() })) })
    .parse((await rest.get("/api/v1/approvals?limit=200")).json);
  const second = open.approvals.find(({ headline }) => headline === "Pay bill 2")?.id ?? "";
  expect((await rest.post(`/api/v1/approvals/${second}/reject`, {})).status).toBe(200);
  await dialog.getByRole("button", { name: "Approve 3" }).click();
  await expect(inbox.result.first()).toContainText("2 approved. 1 was not decided.");
  await expect(page.getByRole("list", { name: "What was not decided" })).toContainText(/Pay bill 2.*rejected this/);
  await page.keyboard.press("Control+z");
  await expect(inbox.result.first()).toContainText("2 taken back. They wait for you again.");
  await expect(bar).toContainText("2 selected · $40.00 in all");

  const small = await windowOf(browser, product, "operator@holdpoint.test", phone);
  await small.goto("/inbox?workflow=bills");
  await small.getByRole("checkbox", { name: "Select “Pay bill 1”" }).check();
  await expect(small.getByRole("group", { name: "What is selected" })).toContainText("1 selected · $10.00 in all");
  await expect(small.getByRole("button", { name: "Select all 2 alike that are shown" })).toBeVisible();
  await expectAccessible(small);
});
