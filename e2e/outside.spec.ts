import type { Page } from "@playwright/test";
import { z } from "zod";
import { expectAccessible } from "./accessible";
import { expect, phone, test, windowOf } from "./fixtures";
import { builderPage } from "./pages/builder-page";
import { mailboxPage } from "./pages/mailbox-page";
import { overflowOf } from "./pages/page-state";
import { runWithStatus } from "./rest";

test("A17 somebody without an account reads the card on a phone, changes a value and approves; the builder says who may be asked", async ({
  product,
  rest,
  browser,
}) => {
  const slug = `lease-${String(Date.now())}`;
  const lawyer = `${slug}@law.test`;
  const created = await rest.post("/api/workflows", {
    slug,
    name: "Lease",
    spec: {
      inputSchema: { type: "object", properties: { rent: { type: "number" } } },
      startNodeId: "ask",
      nodes: [
        {
          id: "ask",
          type: "approval",
          name: "Lawyer signs",
          outside: true,
          assignTo: lawyer,
          context: { headline: "Sign the lease of Mill Lane", fields: [{ label: "Tenant", value: "Acme" }] },
          policy: { editable: ["input.rent"] },
          bindFields: ["input.rent"],
          onReject: "fail",
        },
        { id: "end", type: "end", output: { rent: "${input.rent}", by: "${step.ask.output.decidedBy.id}" } },
      ],
      edges: [{ from: "ask", to: "end" }],
    },
  });
  expect(created.status).toBe(201);
  expect((await rest.post(`/api/workflows/${slug}/publish`)).status).toBe(200);
  const started = await rest.post("/api/v1/workflows", { template_id: slug, input: { rent: 900 } });
  const { id } = z.object({ id: z.string() }).parse(started.json);

  const desk = await windowOf(browser, product, "owner@holdpoint.test");
  const link = await newestIn(desk, lawyer, "asks you to decide: ", /https?:\/\/\S+\/d\/[0-9a-f]{64}/);
  const page = await (await browser.newContext(phone)).newPage();
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Something waits for your decision" })).toBeVisible();
  await expect(page.getByRole("link", { name: "sign in" })).toHaveCount(0);
  await page.getByRole("button", { name: "Send me a code" }).tap();
  await page.getByLabel("Code").fill(await newestIn(desk, lawyer, "Your code: ", /(?<=Your code: )\d{6}/));
  await page.getByRole("button", { name: "Show the request" }).tap();
  await expect(page.getByRole("heading", { name: "Sign the lease of Mill Lane" })).toBeFocused();
  await expect(page.getByText("Held values")).toBeVisible();
  await expect(page.getByRole("link")).toHaveCount(0);
  expect(await overflowOf(page)).toBe(0);
  await page.getByRole("button", { name: "Change values and approve" }).tap();
  await page.getByLabel(/rent/i).fill("950");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Approve with these values" }).tap();
  await expect(page.getByText(/^Approved\./)).toBeVisible();

  await desk.setViewportSize({ width: 1440, height: 900 });
  await desk.goto(`/workflows/${slug}`);
  await builderPage(desk).card("Lawyer signs").click();
  await expect(
    desk.getByRole("checkbox", { name: "People without an account may be asked by their address" }),
  ).toBeChecked();

  const done = await runWithStatus(rest, id, "completed");
  expect(done.output).toEqual({ rent: 950, by: `email:${lawyer}` });
  await page.reload();
  await expect(page.getByRole("heading", { name: "This was approved" })).toBeVisible();
  await expect(page.getByRole("button")).toHaveCount(0);
});

/** What stands in the newest mail to an address with this subject, once there is one. */
async function newestIn(page: Page, address: string, subject: string, pattern: RegExp): Promise<string> {
  const mailbox = mailboxPage(page);
  await mailbox.goto();
  const mail = mailbox.message("Email", address).filter({ hasText: subject }).first();
  await expect(mail).toBeVisible();
  return pattern.exec((await mail.textContent()) ?? "")?.[0] ?? "";
}
