import { describe, expect, it } from "vitest";
import { startWorkflow } from "@/server/modules/runs/service";
import { addStep, connect, refusal, setExpression, useDraftBench } from "./drafts.testkit";

const { north, south, call, createLive, member, edit, colleague, auditOf } = useDraftBench();

/** A live workflow that needs a second person, with a draft of one more step that waits for one. */
async function asked(slug: string): Promise<{ id: string; revision: number }> {
  await createLive(slug);
  const page = member("builder");
  await member("admin").drafts.setReviewRequired({ slug, on: true });
  const { revision } = await edit(slug, [addStep("second"), connect("shape", "second")], 1);
  const answer = await page.drafts.publish({ slug, revision, note: "A second step" });
  if (!("reviewId" in answer)) throw new Error("no review was asked for");
  return { id: answer.reviewId, revision };
}

describe("publishing with a second person", () => {
  it("freezes the draft, shows it to those who may decide, and never lets anybody review their own", async () => {
    const { id } = await asked("guarded");
    const page = member("builder");
    expect((await page.workflows.get({ slug: "guarded" })).publishedVersion).toBe(1);
    const [own] = await page.drafts.reviews.list({ slug: "guarded" });
    expect(own).toMatchObject({
      id,
      workflow: { slug: "guarded", name: "guarded" },
      status: "pending",
      note: "A second step",
      requestedBy: { name: "builder" },
      blocked: expect.stringContaining("yourself"),
      mayWithdraw: true,
      changes: expect.arrayContaining([expect.objectContaining({ kind: "added", id: "second" })]),
    });
    expect((await page.drafts.open({ slug: "guarded" })).review).toMatchObject({ id, status: "pending" });
    expect(await refusal(page.drafts.reviews.decide({ id, decision: "approve" }))).toBe("requester_cannot_approve");
    expect(await refusal(member("viewer").drafts.reviews.decide({ id, decision: "approve" }))).toBe("missing_scope");
    expect((await member("viewer").drafts.reviews.list())[0]).toMatchObject({ blocked: expect.any(String) });
    expect((await member("admin").drafts.reviews.list())[0]).toMatchObject({ id, blocked: null, mayWithdraw: false });
    const stranger = member("owner", south());
    expect(await stranger.drafts.reviews.list()).toEqual([]);
    expect(await refusal(stranger.drafts.reviews.decide({ id, decision: "approve" }))).toBe("not_found");
  });

  it("approving publishes exactly what was frozen; the draft keeps what came after it", async () => {
    const { id, revision } = await asked("frozen");
    await edit("frozen", [addStep("third"), connect("second", "third")], revision);
    const decided = await member("admin").drafts.reviews.decide({ id, decision: "approve", comment: "Fine" });
    expect(decided).toMatchObject({ status: "approved", decidedBy: "admin", comment: "Fine", version: 2 });
    const { json } = await call("GET", "/api/workflows/frozen");
    expect(json.data.workflow).toMatchObject({ publishedVersion: 2 });
    expect(json.data.workflow.spec.nodes.map((node: { id: string }) => node.id)).toEqual(["shape", "second"]);
    const page = member("builder");
    expect((await page.workflows.get({ slug: "frozen" })).versions[0]).toMatchObject({
      number: 2,
      author: "builder",
      note: "A second step",
      isCurrent: true,
    });
    const open = await page.drafts.open({ slug: "frozen" });
    expect(open).toMatchObject({ hasDraft: true, baseVersion: 2, review: null });
    expect(open.document.spec.nodes.map((node) => node.id)).toEqual(["shape", "second", "third"]);
    expect((await page.drafts.preview({ slug: "frozen" })).overtakenBy).toBeNull();
    expect(await auditOf("frozen")).toEqual([
      "workflow.created",
      "workflow.published",
      "workflow.review_switched_on",
      "workflow.draft_started",
      "workflow.review_requested",
      "workflow.published",
      "workflow.review_approved",
    ]);
  });

  it("ends the draft when nothing came after it", async () => {
    const { id } = await asked("settled");
    await member("admin").drafts.reviews.decide({ id, decision: "approve" });
    expect(await member("builder").drafts.open({ slug: "settled" })).toMatchObject({ hasDraft: false, headVersion: 2 });
  });

  it("of ten who decide at once one does, and the others learn who", async () => {
    const { id } = await asked("contested");
    const people = await Promise.all(Array.from({ length: 10 }, (_, index) => colleague(`person-${String(index)}`)));
    const answers = await Promise.allSettled(
      people.map(({ page }, index) =>
        page.drafts.reviews.decide({ id, decision: index % 2 === 0 ? "approve" : "reject" }),
      ),
    );
    const won = answers.filter(({ status }) => status === "fulfilled");
    expect(won).toHaveLength(1);
    const [item] = await member("builder").drafts.reviews.list({ slug: "contested" });
    for (const answer of answers)
      if (answer.status === "rejected")
        expect(answer.reason).toMatchObject({
          cause: { code: "approval_already_decided", extra: { decided_by: item?.decidedBy } },
        });
    const { versions } = await member("builder").workflows.get({ slug: "contested" });
    expect(versions).toHaveLength(item?.status === "approved" ? 2 : 1);
  });

  it("rejecting leaves the live version and the draft; asking again replaces the first question", async () => {
    const { id } = await asked("rejected");
    const page = member("builder");
    const rejected = await member("admin").drafts.reviews.decide({ id, decision: "reject", comment: "Name it better" });
    expect(rejected).toMatchObject({ status: "rejected", comment: "Name it better", version: null });
    expect(await page.drafts.open({ slug: "rejected" })).toMatchObject({ hasDraft: true, publishedVersion: 1 });
    const ask = async () => {
      const { revision } = await page.drafts.open({ slug: "rejected" });
      const answer = await page.drafts.publish({ slug: "rejected", revision });
      return "reviewId" in answer ? answer.reviewId : "";
    };
    const second = await ask();
    await edit("rejected", [setExpression("seen", "2")], (await page.drafts.open({ slug: "rejected" })).revision);
    const third = await ask();
    const statuses = new Map(
      (await page.drafts.reviews.list({ slug: "rejected" })).map((item) => [item.id, item.status]),
    );
    expect([id, second, third].map((each) => statuses.get(each))).toEqual(["rejected", "withdrawn", "pending"]);
    expect(await refusal(member("admin").drafts.reviews.withdraw({ id: third }))).toBe("forbidden");
    expect(await page.drafts.reviews.withdraw({ id: third })).toMatchObject({
      status: "withdrawn",
      mayWithdraw: false,
    });
    expect(await refusal(member("admin").drafts.reviews.decide({ id: third, decision: "approve" }))).toBe(
      "approval_already_decided",
    );
  });

  it("has no way around it: the API, a version that was never live, the newest version as it is", async () => {
    await asked("strict");
    await call("PATCH", "/api/workflows/strict", { config: { maxRetries: 9 } });
    const published = await call("POST", "/api/workflows/strict/publish");
    expect([published.status, published.json.error.code]).toEqual([409, "review_required"]);
    expect(await refusal(member("owner").workflows.publish({ slug: "strict" }))).toBe("review_required");
    const never = await call("POST", "/api/workflows/strict/rollback", { version: 2 });
    expect([never.status, never.json.error.code]).toEqual([409, "review_required"]);
    // What was live before was looked at then.
    expect((await call("POST", "/api/workflows/strict/rollback", { version: 1 })).status).toBe(200);
    await member("builder").drafts.discard({ slug: "strict" });
    await call("PATCH", "/api/workflows/strict", { config: { maxRetries: 8 } });
    const { revision } = await member("builder").drafts.open({ slug: "strict" });
    expect(await member("builder").drafts.publish({ slug: "strict", revision })).toEqual({
      reviewId: expect.any(String),
    });
    expect(await member("admin").drafts.setReviewRequired({ slug: "strict", on: false })).toEqual({
      reviewRequired: false,
    });
    expect((await call("POST", "/api/workflows/strict/publish")).status).toBe(200);
  });

  it("H11 is switched by owners and admins, and never by whoever's own change waits for it", async () => {
    await createLive("switched");
    for (const role of ["builder", "operator"] as const)
      expect(await refusal(member(role).drafts.setReviewRequired({ slug: "switched", on: true }))).toBe(
        "missing_scope",
      );
    await member("admin").drafts.setReviewRequired({ slug: "switched", on: true });
    await edit("switched", [addStep("second"), connect("shape", "second")], 1);
    const { revision } = await member("admin").drafts.open({ slug: "switched" });
    await member("admin").drafts.publish({ slug: "switched", revision });
    expect(await refusal(member("builder").drafts.setReviewRequired({ slug: "switched", on: false }))).toBe(
      "missing_scope",
    );
    expect(await refusal(member("admin").drafts.setReviewRequired({ slug: "switched", on: false }))).toBe("conflict");
    expect(await member("owner").drafts.setReviewRequired({ slug: "switched", on: false })).toEqual({
      reviewRequired: false,
    });
  });

  it("H11 stays with a copy", async () => {
    await asked("copied");
    const copy = await member("builder").library.duplicate({ slug: "copied" });
    expect((await member("builder").triggers.operational(copy)).reviewRequired).toBe(true);
  });

  it("H11 an earlier version is started only by those who may publish", async () => {
    await createLive("earlier");
    await call("PATCH", "/api/workflows/earlier", { config: { maxRetries: 9 } });
    await call("POST", "/api/workflows/earlier/publish");
    const start = (role: "approver" | "builder", version: number) =>
      startWorkflow(north().members[role].actor, { workflow: "earlier", version, input: {}, triggerType: "api" });
    await expect(start("approver", 1)).rejects.toMatchObject({ code: "missing_scope" });
    expect(await start("approver", 2)).toMatchObject({ version: 2 });
    expect(await start("builder", 1)).toMatchObject({ version: 1 });
  });
});
