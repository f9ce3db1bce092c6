import { z } from "zod";
import { expectAccessible } from "./accessible";
import { expect, phone, test, windowOf } from "./fixtures";
import { overflowOf } from "./pages/page-state";

const desk = { viewport: { width: 1440, height: 900 } };

test("51 A42 a customer sends a form on a phone, follows it, asks how it stands, and sees the answer; a member follows theirs", async ({
  browser,
  product,
  rest,
}) => {
  const saved = await rest.post("/api/workflows", {
    slug: "visit",
    name: "Visit our workshop",
    triggers: [{ id: "form", type: "form", label: "Visits" }],
    spec: {
      startNodeId: "decide",
      nodes: [
        {
          id: "decide",
          name: "We look for a day",
          type: "approval",
          assignTo: "role:manager",
          context: { headline: "Visit of ${input.name}" },
        },
        { id: "end", type: "end" },
      ],
      edges: [
        { from: "decide", to: "end", case: "approved" },
        { from: "decide", to: "end", case: "rejected" },
      ],
      inputSchema: {
        type: "object",
        required: ["name"],
        properties: { name: { type: "string", title: "Your name" } },
      },
    },
  });
  expect(saved.status, JSON.stringify(saved.json)).toBe(201);
  expect((await rest.post("/api/workflows/visit/publish")).status).toBe(200);
  const { data } = z
    .object({ data: z.object({ triggers: z.array(z.object({ url: z.string().nullish() })) }) })
    .parse((await rest.get("/api/workflows/visit/triggers")).json);

  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.goto(data.triggers[0]?.url ?? "");
  await page.getByLabel("Your name").fill("Jane Doe");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await page.getByText("What you sent").click();
  await expect(page.getByText("Jane Doe")).toBeVisible();
  await expect(page.locator("body")).not.toContainText("run_");
  await expectAccessible(page);
  const link = page.getByRole("link", { name: "Follow your request" });
  const fetched = await page.request.get((await link.getAttribute("href")) ?? "");
  expect(fetched.headers()).toMatchObject({
    "cache-control": expect.stringContaining("no-store"),
    "referrer-policy": "no-referrer",
  });
  await link.click();
  const status = page.getByRole("status");
  await expect(status).toContainText("Waiting for our team to decide");
  await page.getByRole("button", { name: "Ask how it stands" }).press("Enter");
  await expect(status).toContainText("Our team was reminded");
  await expect(page.getByRole("heading", { name: "Your request" })).toBeFocused();
  expect(await overflowOf(page)).toBe(0);
  await page.getByRole("button", { name: "Withdraw" }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Keep it" }).click();
  expect(await context.cookies()).toEqual([]);

  // Over the API a decision counts at once.
  const started = z
    .object({ data: z.object({ executions: z.array(z.object({ id: z.string() })) }) })
    .parse((await rest.get("/api/workflows/visit/executions")).json);
  const { approvals } = z
    .object({ approvals: z.array(z.object({ id: z.string() })) })
    .parse((await rest.get(`/api/v1/approvals?run_id=${started.data.executions[0]?.id ?? ""}`)).json);
  expect((await rest.post(`/api/v1/approvals/${approvals[0]?.id ?? ""}/approve`, {})).status).toBe(200);
  await expect(status).toContainText("Done");

  const manager = await windowOf(browser, product, "manager@holdpoint.test", desk);
  await manager.goto("/requests/start/visit");
  await manager.getByLabel("Your name").fill("The manager");
  await manager.getByRole("button", { name: "Send request" }).click();
  await expect(manager.getByRole("heading", { name: "Visit our workshop" })).toBeVisible();
  await expect(manager.getByRole("status").filter({ hasText: "Waits for Manager" })).toBeVisible();
  await manager.getByRole("link", { name: "My requests" }).last().click();
  const mine = manager.getByRole("region", { name: "Under way" });
  await expect(mine).toContainText("Waits for Manager");
  await expectAccessible(manager);
  await manager.setViewportSize({ width: 375, height: 800 });
  expect(await overflowOf(manager)).toBe(0);
});
