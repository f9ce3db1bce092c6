import { describe, expect, it } from "vitest";
import { kyc } from "@/server/modules/workflows/workflows.testkit";
import { addStep, connect, refusal, setExpression, useDraftBench } from "./drafts.testkit";

const { call, create, createLive, start, member, edit, auditOf } = useDraftBench();

async function revisionOf(slug: string): Promise<number> {
  return (await member("builder").drafts.open({ slug })).revision;
}

const publish = async (slug: string, note = "") =>
  member("builder").drafts.publish({ slug, revision: await revisionOf(slug), note });

describe("publishing a draft", () => {
  it("F-42 F-45 makes the next version, with its note, author and age; the draft is over", async () => {
    await createLive("versioned");
    await edit("versioned", [addStep("approval_letter"), connect("shape", "approval_letter")], 1);
    const page = member("builder");
    const preview = await page.drafts.preview({ slug: "versioned" });
    expect(preview).toMatchObject({
      nextVersion: 2,
      publishedVersion: 1,
      changes: expect.arrayContaining([
        expect.objectContaining({ kind: "added", subject: "step", id: "approval_letter" }),
      ]),
      openRuns: [],
      reviewRequired: false,
      overtakenBy: null,
    });
    expect(preview.issues.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(await publish("versioned", "Added approval letter")).toEqual({ published: 2 });
    const detail = await page.workflows.get({ slug: "versioned" });
    expect(detail).toMatchObject({ headVersion: 2, publishedVersion: 2, status: "active", hasDraft: false });
    expect(detail.versions).toMatchObject([
      { number: 2, isCurrent: true, note: "Added approval letter", author: "builder", publishedAt: expect.any(String) },
      { number: 1, isCurrent: false, note: "Initial version" },
    ]);
    expect(await page.drafts.open({ slug: "versioned" })).toMatchObject({ hasDraft: false, baseVersion: 2 });
    expect(await auditOf("versioned")).toEqual([
      "workflow.created",
      "workflow.published",
      "workflow.draft_started",
      "workflow.published",
    ]);
    // The same again changes nothing.
    expect(await publish("versioned")).toEqual({ published: 2 });
    expect((await page.workflows.get({ slug: "versioned" })).versions).toHaveLength(2);
  });

  it("F-44 rolls back to any version at once; a draft that is under way stays, and says that it was overtaken", async () => {
    await createLive("rolled");
    await edit("rolled", [setExpression("seen", "2")], 1);
    await publish("rolled");
    const page = member("builder");
    await edit("rolled", [setExpression("seen", "3")], await revisionOf("rolled"));
    expect(await page.workflows.rollback({ slug: "rolled", version: 1 })).toEqual({ publishedVersion: 3 });
    expect(await page.drafts.open({ slug: "rolled" })).toMatchObject({
      hasDraft: true,
      baseVersion: 2,
      headVersion: 3,
    });
    expect(await page.drafts.preview({ slug: "rolled" })).toMatchObject({ nextVersion: 4, overtakenBy: 3 });
    expect(await publish("rolled")).toEqual({ published: 4 });
  });

  it("M-19 is what a workflow needs before it can be switched on or started", async () => {
    const page = member("builder");
    const { slug } = await page.library.create({ name: "Fresh one", description: "" });
    const nodeId = (await page.drafts.open({ slug })).document.spec.startNodeId;
    expect(await refusal(page.workflows.setEnabled({ slug, enabled: false }))).toBe("workflow_not_published");
    expect((await start(slug)).json.error.code).toBe("workflow_not_published");
    await edit(slug, [addStep("first"), connect(nodeId, "first")]);
    const preview = await page.drafts.preview({ slug });
    expect(preview).toMatchObject({ publishedVersion: null, nextVersion: 2 });
    // Of a first version everything is new.
    expect(new Set(preview.changes.map(({ kind }) => kind))).toEqual(new Set(["added"]));
    expect(await publish(slug)).toEqual({ published: 2 });
    expect((await start(slug)).status).toBe(202);
    expect(await page.workflows.setEnabled({ slug, enabled: false })).toEqual({ enabled: false });
  });

  it("goes on serving the live version while a draft is edited", async () => {
    await createLive("serving");
    await edit("serving", [{ op: "remove_node", id: "shape" }], 1);
    const started = await start("serving");
    expect([started.status, started.json.data.execution.version]).toEqual([202, 1]);
  });

  it("is refused when somebody edited meanwhile", async () => {
    await create("raced");
    await edit("raced", [addStep("a"), connect("shape", "a")]);
    await edit("raced", [addStep("b"), connect("a", "b")], 1);
    const page = member("builder");
    expect(await refusal(page.drafts.publish({ slug: "raced", revision: 1 }))).toBe("conflict");
    const answers = await Promise.allSettled([
      page.drafts.publish({ slug: "raced", revision: 2 }),
      edit("raced", [setExpression("seen", "x")], 2),
    ]);
    // Whichever was first: nothing that nobody looked at goes live, and the edit is not lost.
    expect(answers[1]).toMatchObject({ status: "fulfilled" });
    const { document, hasDraft } = await page.drafts.open({ slug: "raced" });
    expect([hasDraft, document.spec.nodes[0]]).toMatchObject([true, { expression: { seen: "x" } }]);
    const { json } = await call("GET", "/api/workflows/raced");
    expect(json.data.workflow.spec.nodes[0].expression).toEqual({ seen: "${trigger.x}" });
  });

  it("K-16 is refused with every error; no test setting ever gets into a version", async () => {
    await create("blocked");
    await edit("blocked", [{ op: "remove_node", id: "shape" }]);
    expect(await refusal(publish("blocked"))).toBe("publish_blocked");
    await member("builder").drafts.discard({ slug: "blocked" });
    const { document } = await member("builder").drafts.open({ slug: "blocked" });
    const [node] = document.spec.nodes;
    const pinned = { ...document.spec, nodes: [{ ...node, id: "shape", type: "transform", pinnedOutput: { a: 1 } }] };
    const { revision, refused } = await edit(
      "blocked",
      [{ op: "replace_document", document: { ...document, spec: pinned } }],
      await revisionOf("blocked"),
    );
    expect(refused).toEqual([]);
    const answer = await member("builder")
      .drafts.publish({ slug: "blocked", revision })
      .catch((error: unknown) => error);
    expect(answer).toMatchObject({
      cause: { code: "publish_blocked", details: [expect.objectContaining({ code: "test_override_in_spec" })] },
    });
    expect((await member("builder").workflows.get({ slug: "blocked" })).versions).toHaveLength(1);
  });

  it("without a draft publishes the newest version", async () => {
    await create("headed");
    expect(await publish("headed", "First")).toEqual({ published: 1 });
    await call("PATCH", "/api/workflows/headed", { config: { maxRetries: 1 } });
    expect(await publish("headed")).toEqual({ published: 2 });
  });

  it("keeps the spelling that the document was imported in", async () => {
    const written = kyc();
    expect((await call("POST", "/api/workflows", written)).status).toBe(201);
    const slug = "indonesian-kyc-v1";
    await edit(slug, [
      { op: "update_node", id: "screening", changes: [{ path: ["path"], value: "/api/aml/check" }] },
      { op: "set_config", changes: [{ path: ["maxRetries"], value: 5 }] },
    ]);
    expect(await publish(slug)).toEqual({ published: 2 });
    const { json } = await call("GET", `/api/workflows/${slug}`);
    const { spec } = written as { spec: { nodes: { id: string }[] } };
    expect(json.data.workflow).toMatchObject({ version: 2, triggerType: "api", config: { maxRetries: 5 } });
    expect(json.data.workflow.spec).toEqual({
      ...spec,
      nodes: spec.nodes.map((node) => (node.id === "screening" ? { ...node, path: "/api/aml/check" } : node)),
    });
  });
});
