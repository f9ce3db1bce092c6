import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sizeLimits } from "@/core/workflow/rules/size";
import { hotPool } from "@/server/db/pools";
import { addStep, connect, refusal, setExpression, useDraftBench } from "./drafts.testkit";

const { south, call, create, createLive, member, edit, auditOf } = useDraftBench();

describe("a draft", () => {
  it("is begun by the first edit, kept as it grows, and thrown away", async () => {
    await createLive("edited");
    const page = member("builder");
    const opened = await page.drafts.open({ slug: "edited" });
    expect(opened).toMatchObject({
      revision: expect.any(Number),
      hasDraft: false,
      baseVersion: 1,
      headVersion: 1,
      publishedVersion: 1,
      mayEdit: true,
      mayPublish: true,
      review: null,
      document: { spec: { nodes: [{ id: "shape" }] }, triggers: [{ type: "api" }] },
    });
    const { revision } = opened;
    expect(await edit("edited", [addStep("second"), connect("shape", "second")], revision)).toEqual({
      revision: revision + 1,
      missed: [],
      refused: [],
    });
    expect(await edit("edited", [setExpression("seen", "${trigger.y}")], revision + 1)).toMatchObject({
      revision: revision + 2,
    });
    const grown = await page.drafts.open({ slug: "edited" });
    expect(grown).toMatchObject({ revision: revision + 2, hasDraft: true, updatedBy: "builder" });
    expect(grown.document.spec).toMatchObject({
      nodes: [{ id: "shape", expression: { seen: "${trigger.y}" } }, { id: "second" }],
      edges: [{ from: "shape", to: "second", case: "out" }],
    });
    // The published version is what it was.
    const { json } = await call("GET", "/api/workflows/edited");
    expect(json.data.workflow).toMatchObject({ version: 1, status: "active" });
    expect(json.data.workflow.spec.nodes).toHaveLength(1);
    expect((await page.workflows.get({ slug: "edited" })).hasDraft).toBe(true);

    const discarded = await page.drafts.discard({ slug: "edited" });
    expect(discarded).toMatchObject({ hasDraft: false, document: { spec: { nodes: [{ id: "shape" }] } } });
    expect(discarded.document.spec.nodes).toHaveLength(1);
    expect((await page.workflows.get({ slug: "edited" })).hasDraft).toBe(false);
    expect(await auditOf("edited")).toEqual([
      "workflow.created",
      "workflow.published",
      "workflow.draft_started",
      "workflow.draft_discarded",
    ]);
  });

  it("takes the same batch once, however often it is sent, and answers the same", async () => {
    await create("repeated");
    const page = member("builder");
    const batch = {
      slug: "repeated",
      clientId: "tab",
      batchId: randomUUID(),
      baseRevision: 0,
      operations: [addStep("once"), addStep("shape")],
    };
    const first = await page.drafts.applyBatch(batch);
    expect(first).toEqual({ revision: 1, missed: [], refused: [{ index: 1, reason: expect.any(String) }] });
    await edit("repeated", [addStep("later")], 1);
    expect(await page.drafts.applyBatch(batch)).toEqual(first);
    const { document, revision } = await page.drafts.open({ slug: "repeated" });
    expect([revision, document.spec.nodes.map(({ id }) => id)]).toEqual([2, ["shape", "once", "later"]]);
  });

  it("stores nothing of a batch that means nothing any more, and says why", async () => {
    await create("meaningless");
    const answer = await edit("meaningless", [setExpression("a", "1"), { op: "remove_node", id: "gone" }]);
    expect(answer).toMatchObject({ revision: 1, refused: [{ index: 1 }] });
    const nothing = await edit("meaningless", [{ op: "remove_node", id: "gone" }], 0);
    expect(nothing).toMatchObject({ revision: 1, missed: [{ revision: 1 }], refused: [{ index: 0 }] });
    expect(nothing.missed?.[0]?.operations).toEqual([setExpression("a", "1")]);
    const { rows } = await hotPool().query(
      "select count(*)::int as batches from draft_batches b join workflows w on w.id = b.workflow_id where w.slug = 'meaningless'",
    );
    expect(rows[0]).toEqual({ batches: 1 });
  });

  it("becomes a copy of an earlier version, which open builders follow", async () => {
    await createLive("restored");
    await call("PATCH", "/api/workflows/restored", {
      spec: { startNodeId: "other", nodes: [{ id: "other", type: "transform", expression: 2 }], edges: [] },
    });
    const page = member("builder");
    const { revision } = await page.drafts.open({ slug: "restored" });
    const state = await page.drafts.restore({ slug: "restored", version: 1 });
    expect(state).toMatchObject({ hasDraft: true, baseVersion: 2, document: { spec: { startNodeId: "shape" } } });
    const { batches } = await page.drafts.since({ slug: "restored", revision });
    expect(batches).toMatchObject([{ operations: [{ op: "replace_document" }] }]);
    expect(await refusal(page.drafts.restore({ slug: "restored", version: 9 }))).toBe("not_found");
  });

  it("never gives a number twice, so that a tab of an earlier draft learns to open it again", async () => {
    await create("numbered");
    const page = member("builder");
    await edit("numbered", [addStep("a")]);
    await page.drafts.discard({ slug: "numbered" });
    const next = await edit("numbered", [addStep("b")], 1);
    expect(next.missed).toBeNull();
    expect(next.revision).toBeGreaterThan(2);
    expect((await page.drafts.since({ slug: "numbered", revision: 1 })).batches).toBeNull();
    // Without a draft, a version from elsewhere is what open builders show.
    await page.drafts.discard({ slug: "numbered" });
    const { revision } = await page.drafts.open({ slug: "numbered" });
    await call("PATCH", "/api/workflows/numbered", { config: { maxRetries: 1 } });
    expect(await page.drafts.since({ slug: "numbered", revision })).toEqual({ revision: revision + 1, batches: null });
  });

  it("is forgotten batch by batch: who missed too much opens it again", async () => {
    await create("long");
    for (let index = 0; index < 3; index += 1) await edit("long", [setExpression("n", String(index))], index);
    await hotPool().query(
      `update draft_batches set revision = revision + 700 where workflow_id = (select id from workflows where slug = 'long');`,
    );
    await hotPool().query(
      `update workflow_drafts set revision = 703 where workflow_id = (select id from workflows where slug = 'long')`,
    );
    const page = member("builder");
    expect((await page.drafts.since({ slug: "long", revision: 701 })).batches).toHaveLength(2);
    expect((await page.drafts.since({ slug: "long", revision: 400 })).batches).toBeNull();
    expect((await edit("long", [setExpression("n", "x")], 690)).missed).toBeNull();
  });

  it("is refused when it is too large, holds a secret, or what cannot be kept", async () => {
    await create("large");
    const many = Array.from({ length: sizeLimits.nodes }, (_, index) => addStep(`s${String(index)}`));
    expect(await refusal(edit("large", many))).toBe("payload_too_large");
    expect(await refusal(edit("large", [setExpression("a", "x".repeat(sizeLimits.bytes))]))).toBe("payload_too_large");
    expect(
      await refusal(edit("large", [{ op: "put_trigger", trigger: { id: "hook", type: "webhook", secret: "s3cret" } }])),
    ).toBe("validation_failed");
    expect(await refusal(edit("large", [setExpression("a", "\0")]))).toBe("validation_failed");
    expect(await refusal(edit("large", [setExpression("a", "\ud800")]))).toBe("validation_failed");
    expect((await member("builder").drafts.open({ slug: "large" })).revision).toBe(0);
  });

  it("gives a new webhook its address at once", async () => {
    await create("hooked");
    await edit("hooked", [{ op: "put_trigger", trigger: { id: "hook", type: "webhook" } }]);
    const { rows } = await hotPool().query(
      "select t.trigger_id from active_triggers t join workflows w on w.id = t.workflow_id where w.slug = 'hooked'",
    );
    expect(rows).toEqual([{ trigger_id: "hook" }]);
  });

  it("is checked and compared with any version", async () => {
    await createLive("compared");
    await edit("compared", [
      addStep("second"),
      connect("shape", "second"),
      { op: "update_node", id: "shape", changes: [{ path: ["expression"], value: "${step.second.output}" }] },
    ]);
    const page = member("viewer");
    const issues = await page.drafts.check({ slug: "compared" });
    expect(issues).toContainEqual(
      expect.objectContaining({ code: "unknown_reference", path: expect.stringMatching(/^nodes\[0\]/) }),
    );
    const comparison = await page.drafts.compare({ slug: "compared", from: 1, to: "draft" });
    expect(comparison.changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: "added", subject: "step", id: "second" }),
        expect.objectContaining({ kind: "changed", subject: "step", id: "shape" }),
      ]),
    );
    expect(comparison.beforeGraph.nodes).toHaveLength(1);
    expect(comparison.afterGraph.edges).toMatchObject([{ from: "shape", to: "second" }]);
    expect(Object.keys(comparison.after).sort()).toEqual(["config", "spec", "triggers"]);
    expect((await page.drafts.compare({ slug: "compared", from: "draft", to: "draft" })).changes).toEqual([]);
    expect(await refusal(page.drafts.compare({ slug: "compared", from: 1, to: 7 }))).toBe("not_found");
  });
});

describe("who may", () => {
  it("viewers look and never edit; another organization finds nothing", async () => {
    await create("private");
    await edit("private", [addStep("mine")]);
    const viewer = member("viewer");
    expect(await viewer.drafts.open({ slug: "private" })).toMatchObject({ mayEdit: false, mayPublish: false });
    const batch = {
      slug: "private",
      clientId: "t",
      batchId: randomUUID(),
      baseRevision: 0,
      operations: [addStep("x")],
    };
    expect(await refusal(viewer.drafts.applyBatch(batch))).toBe("missing_scope");
    expect(await refusal(viewer.drafts.discard({ slug: "private" }))).toBe("missing_scope");
    expect(await refusal(viewer.drafts.publish({ slug: "private", revision: 1 }))).toBe("missing_scope");
    const stranger = member("owner", south());
    const answers = [
      stranger.drafts.open({ slug: "private" }),
      stranger.drafts.applyBatch(batch),
      stranger.drafts.since({ slug: "private", revision: 0 }),
      stranger.drafts.discard({ slug: "private" }),
      stranger.drafts.restore({ slug: "private", version: 1 }),
      stranger.drafts.present({ slug: "private", clientId: "t", nodeId: null }),
      stranger.drafts.check({ slug: "private" }),
      stranger.drafts.preview({ slug: "private" }),
      stranger.drafts.publish({ slug: "private", revision: 1 }),
      stranger.drafts.setReviewRequired({ slug: "private", on: true }),
      stranger.drafts.reviews.list({ slug: "private" }),
    ];
    expect(await Promise.all(answers.map(refusal))).toEqual(answers.map(() => "not_found"));
  });
});
