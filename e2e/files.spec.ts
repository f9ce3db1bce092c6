import { readFile } from "node:fs/promises";
import { z } from "zod";
import { expectAccessible } from "./accessible";
import { expect, phone, test, windowOf } from "./fixtures";
import { readRun, runWithStatus } from "./rest";

const pdf = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
const handedOut = z.looseObject({ form_url: z.string() });

test("a customer adds a PDF and signs on a phone, what was added survives a reload, and a colleague opens it from the run's page", async ({
  browser,
  product,
  rest,
}) => {
  const properties = {
    contract: { type: "object", "x-kind": "file", "x-accept": ["application/pdf", "image/*"], title: "Contract" },
    mark: { type: "object", "x-kind": "signature", title: "Signature" },
  };
  const schema = { type: "object", required: ["contract", "mark"], properties, "x-order": ["contract", "mark"] };
  const saved = await rest.post("/api/workflows", {
    slug: "signed-papers",
    name: "Signed papers",
    spec: {
      startNodeId: "send",
      nodes: [
        { id: "send", type: "transform", expression: { url: "${run.form('ask')}" } },
        { id: "ask", type: "collect_form", deliverTo: "page", title: "Your contract", schema },
        { id: "pay", type: "approval", assignTo: "role:owner" },
      ],
      edges: [
        { from: "send", to: "ask" },
        { from: "ask", to: "pay", case: "submitted" },
      ],
    },
  });
  expect(saved.status, JSON.stringify(saved.json)).toBe(201);
  expect((await rest.post("/api/workflows/signed-papers/publish")).status).toBe(200);
  const started = await rest.post("/api/v1/runs", { template_id: "signed-papers", input: {} });
  const { id } = z.object({ id: z.string() }).parse(started.json);
  await runWithStatus(rest, id, "waiting_form");
  const page = await (await browser.newContext(phone)).newPage();
  const { waiting } = (await readRun(rest, id)).steps.find(({ node_id: nodeId }) => nodeId === "ask") ?? {};
  await page.goto(handedOut.parse(waiting).form_url);

  const send = page.getByRole("button", { name: "Send", exact: true });
  await send.click();
  const chooser = page.getByLabel("Contract: Choose a file");
  await expect(chooser).toBeFocused();
  await expect(page.getByText("Add a file.")).toBeVisible();
  await expectAccessible(page);
  await chooser.setInputFiles({ name: "contract.pdf", mimeType: "application/pdf", buffer: Buffer.from("<html>") });
  await expect(page.getByText("whatever its name says")).toBeVisible();
  await chooser.setInputFiles({ name: "contract.pdf", mimeType: "text/html", buffer: pdf });
  await expect(page.getByRole("button", { name: "Take out contract.pdf" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Take out contract.pdf" })).toBeVisible();

  await page.getByRole("button", { name: "Sign", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Your name" })).toBeFocused();
  await page.getByRole("textbox", { name: "Your name" }).fill("Dana Ortiz");
  const sheet = await page.getByRole("img", { name: "Sheet to draw" }).boundingBox();
  await page.mouse.move((sheet?.x ?? 0) + 40, (sheet?.y ?? 0) + 60);
  await page.mouse.down();
  await page.mouse.move((sheet?.x ?? 0) + 90, (sheet?.y ?? 0) + 20, { steps: 4 });
  await page.mouse.move((sheet?.x ?? 0) + 160, (sheet?.y ?? 0) + 70, { steps: 4 });
  await page.mouse.up();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await page.getByRole("button", { name: "Sign", exact: true }).click();
  await expect(page.getByText("Signed by Dana Ortiz")).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign again" })).toBeFocused();
  await expectAccessible(page);
  await send.click();
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await page.getByText("What you sent").click();
  await expect(page.getByText("contract.pdf (PDF,")).toBeVisible();

  await runWithStatus(rest, id, "waiting_approval");
  const owner = await windowOf(browser, product, "owner@holdpoint.test");
  await owner.goto(`/runs/${id}`);
  await owner.locator("li[data-step]").filter({ hasText: "collect_form" }).getByRole("button").first().click();
  await expect(owner.getByRole("button", { name: "Open Signed by Dana Ortiz" })).toBeVisible();
  await expectAccessible(owner);
  const download = owner.waitForEvent("download");
  await owner.getByRole("button", { name: "Open contract.pdf" }).click();
  const kept = await download;
  expect(kept.suggestedFilename()).toBe("contract.pdf");
  expect((await readFile(await kept.path())).equals(pdf)).toBe(true);
});
