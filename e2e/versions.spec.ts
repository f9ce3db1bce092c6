import { expect, test, windowOf } from "./fixtures";
import { runWithStatus } from "./rest";
import { z } from "zod";

test("F-42 F-44 F-45 publish in the browser, and roll back in the browser", async ({ product, rest, browser }) => {
  const slug = `greeting-${String(Date.now())}`;
  const spec = (word: string) => ({
    startNodeId: "greet",
    nodes: [{ id: "greet", type: "transform", name: "Greet", expression: { word } }],
    edges: [],
  });
  expect((await rest.post("/api/workflows", { slug, name: "Greeting", spec: spec("hello") })).status).toBe(201);
  const page = await windowOf(browser, product, "builder@holdpoint.test");
  const versions = page.getByRole("list", { name: "Version history" }).getByRole("listitem");

  await page.goto(`/workflows/${slug}?tab=versions`);
  await expect(versions).toHaveCount(1);
  await page.getByRole("button", { name: "Publish" }).click();
  await page
    .getByRole("dialog")
    .getByLabel(/^What changed/)
    .fill("Says hello");
  await page.getByRole("dialog").getByRole("button", { name: "Publish" }).click();
  await expect(versions.first()).toContainText("Current");
  await expect(versions.first()).toContainText("Says hello");

  expect((await rest.patch(`/api/workflows/${slug}`, { spec: spec("good day") })).status).toBe(200);
  expect((await rest.post(`/api/workflows/${slug}/publish`, { note: "Says good day" })).status).toBe(200);
  await page.reload();
  await expect(versions).toHaveCount(2);
  await page.getByRole("button", { name: "Roll back to v1" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Roll back" }).click();
  await expect(versions).toHaveCount(3);
  await expect(versions.first()).toContainText(/v3.*Current/);

  const started = await rest.post(`/api/workflows/${slug}/executions`, { input: {} });
  const { execution } = z
    .object({ data: z.object({ execution: z.object({ id: z.string(), version: z.number() }) }) })
    .parse(started.json).data;
  expect(execution.version).toBe(3);
  expect((await runWithStatus(rest, execution.id, "completed")).output).toEqual({ word: "hello" });
});

test("F-45 the demo's history reads as people wrote it", async ({ product, browser }) => {
  const page = await windowOf(browser, product, "viewer@holdpoint.test");
  await page.goto("/workflows/subscription-upgrade?tab=versions");
  const versions = page.getByRole("list", { name: "Version history" }).getByRole("listitem");
  await expect(versions.last()).toContainText(/v1.*Initial version.*2w ago/s);
  await expect(versions.filter({ hasText: "Added approval step" })).toContainText(/v2.*3d ago/s);
  await expect(versions.filter({ hasText: "v3" })).toContainText("Customers read why they were declined");
});
