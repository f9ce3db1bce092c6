import { z } from "zod";
import { expectAccessible } from "./accessible";
import { expect, phone, test, windowOf } from "./fixtures";
import { inboxPage } from "./pages/inbox-page";
import { readRun, runWithStatus } from "./rest";

test("A10 a manager and then an operator approve, each reads what the other said, and neither decides the next step too", async ({
  browser,
  product,
  rest,
}) => {
  const asked = { type: "approval", context: { headline: "Pay 900 to Ana" } };
  const spec = {
    startNodeId: "sign",
    nodes: [
      { ...asked, id: "sign", assignTo: ["role:manager", "role:operator"], quorum: { mode: "sequence" } },
      {
        id: "book",
        type: "approval",
        actionLabel: "Book it",
        assignTo: ["role:manager", "role:operator"],
        policy: { neverTwice: true },
      },
      { id: "done", type: "end", output: { votes: "${step.sign.output.votes}" } },
    ],
    edges: [
      { from: "sign", to: "book", case: "approved" },
      { from: "book", to: "done", case: "approved" },
    ],
  };
  expect((await rest.post("/api/workflows", { name: "Two signatures", slug: "two-signatures", spec })).status).toBe(
    201,
  );
  expect((await rest.post("/api/workflows/two-signatures/publish", {})).status).toBe(200);
  const started = await rest.post("/api/v1/workflows", { template_id: "two-signatures", input: {} });
  const { id } = z.object({ id: z.string() }).parse(started.json);
  await runWithStatus(rest, id, "waiting_approval");

  const manager = await windowOf(browser, product, "manager@holdpoint.test", phone);
  const inbox = inboxPage(manager);
  await inbox.goto();
  await inbox.open("Pay 900 to Ana");
  await expect(inbox.pane.getByText("Then Operator is asked.")).toBeVisible();
  await expectAccessible(manager);
  await inbox.pane.getByRole("button", { name: "Comment" }).click();
  await inbox.pane.getByLabel(/^Comment/).fill("I know the bill");
  await inbox.approve.click();
  await expect(
    manager.getByText("Your approval is kept. More people must decide before the run goes on.").first(),
  ).toBeVisible();

  const operator = await windowOf(browser, product, "operator@holdpoint.test");
  const desk = inboxPage(operator);
  await desk.goto();
  await expect(desk.card("Pay 900 to Ana")).toContainText("1 of 2 approved");
  await desk.open("Pay 900 to Ana");
  await expect(desk.pane.getByText("Max Manager approved this: “I know the bill”")).toBeVisible();
  await expect(desk.pane.getByText("This is the last decision.")).toBeVisible();
  await expectAccessible(operator);
  await desk.approve.click();
  await runWithStatus(rest, id, "waiting_approval");

  await desk.goto();
  await desk.open("Book it");
  await expect(desk.pane.getByText(/^You decided another step of this run/)).toBeVisible();
  await expect(desk.approve).toBeDisabled();
  const [, booking] = (await readRun(rest, id)).approvals;
  expect((await rest.post(`/api/v1/approvals/${booking?.id ?? ""}/approve`, {})).status).toBe(200);
  const { output } = await runWithStatus(rest, id, "completed");
  expect(output).toMatchObject({ votes: [{ name: "Max Manager", decision: "approved", comment: "I know the bill" }] });
});
