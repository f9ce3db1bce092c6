import { expect, phone, test, windowOf } from "./fixtures";
import { expectAccessible } from "./accessible";
import { overflowOf } from "./pages/page-state";

test("row 33 an administrator says when people work, on a phone, and the deadline of a step counts by it", async ({
  browser,
  product,
  rest,
}) => {
  const page = await windowOf(browser, product, "owner@holdpoint.test", phone);
  await page.goto("/settings/people");
  await page.getByRole("button", { name: "New working hours" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Night desk");
  await page.getByLabel("Time zone").fill("Asia/Jakarta");
  const holidays = page.getByLabel("Holidays");
  await holidays.fill("12-25 Christmas\nsoon Easter");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(holidays).toBeFocused();
  await expect(page.getByText("Line 2: write a date and a name")).toBeVisible();
  await expectAccessible(page);
  expect(await overflowOf(page)).toBe(0);
  await holidays.fill("12-25 Christmas");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Mon–Fri 09:00–17:00 · Asia/Jakarta · 1 holiday")).toBeVisible();

  const created = await rest.post("/api/workflows", {
    slug: "night-desk",
    name: "Night desk",
    spec: {
      startNodeId: "ask",
      nodes: [
        {
          id: "ask",
          type: "approval",
          actionLabel: "Let it in",
          timeoutHours: 16,
          calendar: "night-desk",
          onReject: "fail",
        },
      ],
      edges: [],
    },
  });
  expect(created.status).toBe(201);
  expect((await rest.post("/api/workflows/night-desk/publish", {})).status).toBe(200);
  await rest.post("/api/v1/runs", { template_id: "night-desk", input: {} });
  const desk = await windowOf(browser, product, "owner@holdpoint.test");
  await desk.goto("/inbox");
  await desk.getByText("Let it in").first().click();
  await expect(desk.getByText("(working time: Night desk, Asia/Jakarta)")).toBeVisible();
});
