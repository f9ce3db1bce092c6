import { TRPCError } from "@trpc/server";
import { expect, it } from "vitest";
import { AppError } from "@/core/errors";
import { createCaller } from "@/server/routes/root";
import { purgeTrash } from "@/server/modules/library/service";
import { useWorkflowBench } from "./workflows.testkit";

const bench = useWorkflowBench();
const page = (role: "owner" | "admin" | "builder") =>
  createCaller({ actor: bench.north().members[role].actor, requestId: "test" });

const step = { id: "shape", type: "transform", expression: { seen: "1" } };
const asks = { id: "ask", type: "approval", name: "Manager", assignTo: "role:manager" };
const unasked = { startNodeId: "shape", nodes: [step], edges: [] };
const asked = { startNodeId: "ask", nodes: [asks, step], edges: [{ from: "ask", to: "shape", case: "approved" }] };
const more = { startNodeId: "ask", nodes: [asks, { ...step, expression: { seen: "2" } }], edges: asked.edges };

/** Version 1 asks nobody, 2 and 3 ask the manager; publishing needs a second person since. */
async function reviewed(slug: string): Promise<void> {
  await bench.createLive(slug, { spec: unasked });
  for (const spec of [asked, more]) {
    await bench.call("PATCH", `/api/workflows/${slug}`, { spec });
    expect((await bench.call("POST", `/api/workflows/${slug}/publish`)).status).toBe(200);
  }
  await page("admin").drafts.setReviewRequired({ slug, on: true });
}

const codeOf = async (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => "done",
    (error: unknown) =>
      error instanceof TRPCError && error.cause instanceof AppError ? error.cause.code : String(error),
  );

it("H11 an old version without an approval of the live one goes live again only by a review that shows the difference", async () => {
  await reviewed("back");
  const refused = await bench.call("POST", "/api/workflows/back/rollback", { version: 1 });
  expect([refused.status, refused.json.error.code]).toEqual([409, "review_required"]);
  expect(refused.json.error.message).toContain('"Manager"');
  expect(await codeOf(page("builder").workflows.rollback({ slug: "back", version: 1 }))).toBe("review_required");
  const { revision } = await page("builder").drafts.restore({ slug: "back", version: 1 });
  const waits = await page("builder").drafts.publish({ slug: "back", revision });
  if (!("reviewId" in waits)) throw new Error("nobody was asked");
  const [review] = await page("admin").drafts.reviews.list({ slug: "back" });
  expect(review).toMatchObject({
    id: waits.reviewId,
    blocked: null,
    changes: expect.arrayContaining([expect.objectContaining({ kind: "removed", id: "ask" })]),
  });
  await page("admin").drafts.reviews.decide({ id: waits.reviewId, decision: "approve" });
  expect((await bench.call("GET", "/api/workflows/back")).json.data.workflow.publishedVersion).toBe(4);
});

it("H11 an old version with all approvals of the live one goes back at once, and any does where nobody reviews", async () => {
  await reviewed("kept");
  expect((await bench.call("POST", "/api/workflows/kept/rollback", { version: 2 })).status).toBe(200);
  await page("admin").drafts.setReviewRequired({ slug: "kept", on: false });
  expect((await bench.call("POST", "/api/workflows/kept/rollback", { version: 1 })).status).toBe(200);
});

it("H11 no run of an old version without an approval of the live one is started where publishing is reviewed", async () => {
  await reviewed("single");
  const refused = await bench.start("single", { input: {}, version: 1 });
  expect([refused.status, refused.json.error.code]).toEqual([409, "review_required"]);
  expect((await bench.start("single", { input: {}, version: 2 })).status).toBe(202);
  await page("admin").drafts.setReviewRequired({ slug: "single", on: false });
  expect((await bench.start("single", { input: {}, version: 1 })).status).toBe(202);
});

it("H11 copies of a workflow under review are under review: duplicates, files, and what the API answers", async () => {
  await reviewed("source");
  const builder = page("builder");
  const isReviewed = async (slug: string) => (await builder.drafts.preview({ slug })).reviewRequired;
  expect(await isReviewed((await builder.library.duplicate({ slug: "source" })).slug)).toBe(true);

  const { json } = await builder.library.exportDocument({ slug: "source", version: "draft" });
  const file = JSON.parse(json) as Record<string, unknown>;
  expect(file["reviewRequired"]).toBe(true);
  const imported = (document: object) => builder.library.importDocument({ text: JSON.stringify(document) });
  expect(await isReviewed((await imported(file)).slug)).toBe(true);
  expect(await isReviewed((await imported({ ...file, slug: "elsewhere" })).slug)).toBe(true);
  // A file that was cleaned of it, over a workflow that needs it.
  const { reviewRequired: _said, ...cleaned } = file;
  expect(await isReviewed((await imported({ ...cleaned, reviewRequired: false })).slug)).toBe(true);

  const { workflow } = (await bench.call("GET", "/api/workflows/source")).json.data;
  // The API's answer does not say so; the name does.
  expect(await isReviewed((await imported({ data: { workflow } })).slug)).toBe(true);
  const posted = await bench.call("POST", "/api/workflows", { ...file, slug: "posted" });
  expect([posted.status, await isReviewed("posted")]).toEqual([201, true]);
});

it("H11 a document neither lowers the review of the workflow it changes nor raises it", async () => {
  await reviewed("changed");
  for (const reviewRequired of [true, false]) {
    const refused = await bench.call("PATCH", "/api/workflows/changed", { reviewRequired });
    expect([refused.status, refused.json.error.details[0].path]).toEqual([422, "reviewRequired"]);
  }
  await page("admin").drafts.setReviewRequired({ slug: "changed", on: false });
  const { json } = await page("builder").library.exportDocument({ slug: "changed", version: 3 });
  expect(JSON.parse(json)).not.toHaveProperty("reviewRequired");
});

it("H2 retiring a workflow, or throwing it away and taking it back, is no way around its approvals", async () => {
  await reviewed("retired");
  await page("builder").workflows.retire({ slug: "retired" });
  expect(await codeOf(page("builder").workflows.rollback({ slug: "retired", version: 1 }))).toBe("review_required");
  await reviewed("thrown");
  const { id } = await page("builder").library.trash({ slug: "thrown" });
  const { slug } = await page("builder").library.restore({ id });
  expect(await codeOf(page("builder").workflows.rollback({ slug, version: 1 }))).toBe("review_required");
});

it("H3 an old version that takes unsigned calls where the live one asks for a signature is reviewed", async () => {
  const hook = (callers: string) => [{ id: "hook", type: "webhook", callers }];
  await bench.createLive("hooked", { spec: asked, triggers: hook("anyone") });
  await bench.call("PATCH", "/api/workflows/hooked", { triggers: hook("signed") });
  expect((await bench.call("POST", "/api/workflows/hooked/publish")).status).toBe(200);
  await page("admin").drafts.setReviewRequired({ slug: "hooked", on: true });
  const refused = await bench.call("POST", "/api/workflows/hooked/rollback", { version: 1 });
  expect([refused.status, refused.json.error.code]).toEqual([409, "review_required"]);
});

it("H9 a workflow that is made under the name of one in the trash is under review as that one was", async () => {
  await reviewed("again");
  await page("builder").library.trash({ slug: "again" });
  const made = await bench.call("POST", "/api/workflows", { slug: "again", name: "again", spec: unasked });
  expect([made.status, (await page("builder").drafts.preview({ slug: "again" })).reviewRequired]).toEqual([201, true]);
});

it.each<[string, (slug: string) => Promise<unknown>]>([
  [
    "taken out of the trash",
    async (slug) => {
      await bench.createLive(slug, { spec: unasked });
      const { id } = await page("builder").library.trash({ slug });
      await reviewed(slug);
      await page("builder").library.trash({ slug });
      await page("builder").library.restore({ id });
    },
  ],
  [
    "renamed to it",
    async (slug) => {
      await bench.createLive(`${slug}-other`, { spec: unasked });
      await reviewed(slug);
      await page("builder").library.trash({ slug });
      await bench.call("PATCH", `/api/workflows/${slug}-other`, { slug });
    },
  ],
  [
    "made after another was renamed away from it",
    async (slug) => {
      await reviewed(slug);
      await bench.call("PATCH", `/api/workflows/${slug}`, { slug: `${slug}-old` });
      expect((await page("builder").drafts.preview({ slug: `${slug}-old` })).reviewRequired).toBe(true);
      await bench.call("POST", "/api/workflows", { slug, name: slug, spec: unasked });
    },
  ],
])("H11 a workflow that gets a name under review is under review: %s", async (door, take) => {
  const slug = door.replaceAll(" ", "-");
  await take(slug);
  expect((await page("builder").drafts.preview({ slug })).reviewRequired).toBe(true);
  const published = await bench.call("POST", `/api/workflows/${slug}/publish`);
  expect([published.status, published.json.error?.code]).toEqual([409, "review_required"]);
});

it("M3 a trigger that is given without its id keeps its address", async () => {
  await bench.createLive("named", { spec: unasked, triggers: [{ id: "in", type: "webhook", callers: "signed" }] });
  const { json } = await bench.call("PATCH", "/api/workflows/named", {
    triggers: [{ type: "webhook", callers: "signed" }],
  });
  expect(json.data.workflow.triggers.map(({ id }: { id: string }) => id)).toEqual(["in"]);
});

it("one that is deleted for good takes its review along only by the word of who may switch that off", async () => {
  await bench.createLive("forgotten", { spec: asked });
  await page("admin").drafts.setReviewRequired({ slug: "forgotten", on: true });
  const { id } = await page("builder").library.trash({ slug: "forgotten" });
  expect(await codeOf(page("builder").library.deleteForever({ id }))).toBe("missing_scope");
  await page("admin").library.deleteForever({ id });
});

it("what lay in the trash for its time takes no review along: what is made under its name is reviewed, until somebody who may switches it off", async () => {
  const isReviewed = async () => (await page("builder").drafts.preview({ slug: "purged" })).reviewRequired;
  const again = async () =>
    expect((await bench.call("POST", "/api/workflows", { slug: "purged", name: "purged", spec: unasked })).status).toBe(
      201,
    );
  const purged = async () => {
    await page("builder").library.trash({ slug: "purged" });
    expect(await purgeTrash(Date.now() + 31 * 86_400_000)).toBeGreaterThan(0);
  };
  await reviewed("purged");
  await purged();
  await again();
  expect(await isReviewed()).toBe(true);
  await purged();
  await again();
  await page("admin").drafts.setReviewRequired({ slug: "purged", on: false });
  await purged();
  await again();
  expect(await isReviewed()).toBe(false);
});
