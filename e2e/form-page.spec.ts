import { z } from "zod";
import { expectAccessible } from "./accessible";
import { expect, phone, test, windowOf } from "./fixtures";
import { mailboxPage } from "./pages/mailbox-page";
import { readRun, runWithStatus } from "./rest";

const schema = {
  type: "object",
  required: ["company", "address", "lines", "terms"],
  "x-order": ["company", "vat", "amount", "phone", "visit", "address", "lines", "extras", "terms"],
  properties: {
    company: { type: "boolean", title: "Is it for a company?" },
    vat: { type: "string", title: "VAT number" },
    amount: { type: "number", title: "Amount", "x-currency": "EUR" },
    phone: { type: "string", title: "Phone", "x-kind": "phone" },
    visit: { type: "string", title: "When may we call?", format: "date-time" },
    address: {
      type: "object",
      title: "Where to send it",
      "x-kind": "address",
      required: ["street", "city"],
      properties: { street: { type: "string", title: "Street" }, city: { type: "string", title: "City" } },
      "x-order": ["street", "city"],
    },
    lines: {
      type: "array",
      title: "What came broken",
      minItems: 1,
      maxItems: 3,
      items: {
        type: "object",
        required: ["what"],
        properties: { what: { type: "string", title: "What" }, count: { type: "integer", title: "How many" } },
        "x-order": ["what", "count"],
      },
    },
    extras: { type: "array", title: "Also", items: { enum: ["receipt", "callback"] } },
    terms: { type: "boolean", const: true, title: "What I say is true" },
  },
  allOf: [
    {
      if: { properties: { company: { const: true } }, required: ["company"] },
      then: { required: ["vat"] },
      else: { properties: { vat: false } },
    },
  ],
};

test("A2 A40 A41 a form is mailed, opened on a phone, filled in by keyboard, survives a reload, and the run goes on", async ({
  browser,
  product,
  rest,
}) => {
  const saved = await rest.post("/api/workflows", {
    slug: "broken-goods",
    name: "Internal name of it",
    spec: {
      startNodeId: "tell",
      nodes: [
        {
          id: "tell",
          type: "notify",
          channels: ["email"],
          to: "dana@acme.test",
          subject: "What came broken?",
          message: "Please tell us here: ${run.form('ask')}",
        },
        { id: "go", type: "approval", assignTo: "role:owner" },
        {
          id: "ask",
          type: "collect_form",
          deliverTo: "page",
          title: "What came broken?",
          description: "It takes two minutes.",
          schema,
        },
        { id: "end", type: "end" },
      ],
      edges: [
        { from: "tell", to: "go" },
        { from: "go", to: "ask", case: "approved" },
        { from: "ask", to: "end", case: "submitted" },
      ],
    },
  });
  expect(saved.status, JSON.stringify(saved.json)).toBe(201);
  expect((await rest.post("/api/workflows/broken-goods/publish")).status).toBe(200);
  const started = await rest.post("/api/v1/runs", { template_id: "broken-goods", input: {} });
  const { id } = z.object({ id: z.string() }).parse(started.json);
  await runWithStatus(rest, id, "waiting_approval");

  const owner = await windowOf(browser, product, "owner@holdpoint.test");
  const mailbox = mailboxPage(owner);
  await mailbox.goto();
  const href = await mailbox
    .message("Email", "dana@acme.test")
    .filter({ hasText: "What came broken?" })
    .first()
    .getByRole("link", { name: /\/f\// })
    .getAttribute("href");

  const context = await browser.newContext({ ...phone, locale: "de-AT" });
  const page = await context.newPage();
  const answer = await page.goto(href ?? "");
  await expect(page.getByRole("heading", { name: "This form is not ready yet" })).toBeVisible();
  expect(answer?.headers()["cache-control"]).toContain("no-store");
  await expectAccessible(page);
  const { approvals } = z
    .object({ approvals: z.array(z.object({ id: z.string() })) })
    .parse((await rest.get(`/api/v1/runs/${id}`)).json);
  expect((await rest.post(`/api/v1/approvals/${approvals[0]?.id ?? ""}/approve`, {})).status).toBe(200);
  // Nobody presses anything: the page asks again by itself.
  await expect(page.getByRole("heading", { name: "What came broken?" })).toBeVisible();
  await expect(page.getByText("It takes two minutes.")).toBeVisible();
  await expect(page.locator("body")).not.toContainText("Internal name of it");
  expect(await page.locator('meta[name="robots"]').getAttribute("content")).toContain("noindex");
  expect(await page.locator('meta[name="referrer"]').getAttribute("content")).toBe("no-referrer");
  expect(await context.cookies()).toEqual([]);
  await expectAccessible(page);

  const { keyboard } = page;
  await page.getByRole("button", { name: "Send", exact: true }).focus();
  await keyboard.press("Enter");
  await expect(page.getByLabel("Yes")).toBeFocused();
  await expect(page.getByLabel("VAT number")).toHaveCount(0);
  await keyboard.press("Space");
  await expect(page.getByLabel("VAT number")).toBeVisible();
  await page.getByLabel("VAT number").focus();
  await keyboard.type("ATU1");
  await keyboard.press("Tab");
  await keyboard.type("12,50");
  await keyboard.press("Tab");
  await keyboard.type("abc");
  await page.getByLabel("Street").focus();
  await keyboard.type("Ring 1");
  await keyboard.press("Tab");
  await keyboard.type("Wien");
  await page.getByLabel("What", { exact: true }).focus();
  await keyboard.type("Chair");
  await page.getByRole("button", { name: "Add to What came broken" }).focus();
  await keyboard.press("Enter");
  await expect(page.getByLabel("What", { exact: true }).nth(1)).toBeFocused();
  await keyboard.type("Table");
  await page.getByRole("button", { name: "Move entry 2 up" }).focus();
  await keyboard.press("Enter");
  await expect(page.getByLabel("What", { exact: true }).first()).toHaveValue("Table");
  await expect(page.getByRole("button", { name: "Move entry 1 down" })).toBeFocused();
  await page.getByLabel("Receipt").focus();
  await keyboard.press("Space");
  await page.getByLabel("What I say is true").focus();
  await keyboard.press("Space");

  await page.reload();
  await expect(page.getByLabel("VAT number")).toHaveValue("ATU1");
  await expect(page.getByLabel("What", { exact: true }).nth(1)).toHaveValue("Chair");
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await page.getByRole("button", { name: "Send", exact: true }).focus();
  await keyboard.press("Enter");
  await expect(page.getByLabel("Phone")).toBeFocused();
  await expect(page.getByText("This must be a phone number")).toBeVisible();
  await page.getByLabel("Phone").fill("+43 (1) 234-5678");
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await page.getByText("What you sent").click();
  await expect(page.getByText("1. What: Table")).toBeVisible();
  await expectAccessible(page);

  const late = await (await browser.newContext(phone)).newPage();
  await late.goto(href ?? "");
  await expect(late.getByText("Somebody with this link has answered already.")).toBeVisible();
  await runWithStatus(rest, id, "completed");
  const ask = (await readRun(rest, id)).steps.find(({ node_id: nodeId }) => nodeId === "ask");
  expect(ask?.output).toEqual({
    company: true,
    vat: "ATU1",
    amount: 12.5,
    phone: "+43 (1) 234-5678",
    address: { street: "Ring 1", city: "Wien" },
    lines: [{ what: "Table" }, { what: "Chair" }],
    extras: ["receipt"],
    terms: true,
  });
});
