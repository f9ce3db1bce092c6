import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { applyOperations } from "@/core/workflow/edit/apply-operations";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { addStep, connect, setExpression, useDraftBench } from "./drafts.testkit";

const { create, member, edit, colleague, asOwner } = useDraftBench();

describe("two people edit the same draft", () => {
  it("and both edits last; each learns what the other did", async () => {
    await create("shared");
    const kim = await colleague("kim");
    await edit("shared", [addStep("notice")], 0, "mine");
    const theirs = await kim.page.drafts.applyBatch({
      slug: "shared",
      clientId: "theirs",
      batchId: randomUUID(),
      baseRevision: 0,
      operations: [setExpression("seen", "${trigger.z}")],
    });
    expect(theirs).toMatchObject({ revision: 2, missed: [{ revision: 1, clientId: "mine", by: "builder" }] });
    const { batches } = await member("builder").drafts.since({ slug: "shared", revision: 1 });
    expect(batches).toMatchObject([{ revision: 2, by: "kim", operations: [setExpression("seen", "${trigger.z}")] }]);
    const { document } = await member("viewer").drafts.open({ slug: "shared" });
    expect(document.spec.nodes).toMatchObject([
      { id: "shape", expression: { seen: "${trigger.z}" } },
      { id: "notice" },
    ]);
  });

  it("twenty at once: each has its own number, and the document is what their edits give in that order", async () => {
    await create("crowded-draft");
    const page = member("builder");
    const before = await page.drafts.open({ slug: "crowded-draft" });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        edit(
          "crowded-draft",
          [addStep(`s${String(index)}`), connect("shape", `s${String(index)}`), setExpression("seen", String(index))],
          0,
          `tab-${String(index)}`,
        ),
      ),
    );
    expect(answers.map(({ revision }) => revision).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    const after = await page.drafts.open({ slug: "crowded-draft" });
    const { batches } = await page.drafts.since({ slug: "crowded-draft", revision: 0 });
    const folded = (batches ?? []).reduce(
      (document, { operations }) => applyOperations(document, operations, stepDefinitions, triggerDefinitions).document,
      before.document,
    );
    expect(after.document).toEqual(folded);
    expect(after.document.spec.nodes).toHaveLength(21);
  });

  it("a save that dies half-way leaves nothing behind, and may be sent again", async () => {
    await create("dying");
    const batch = {
      slug: "dying",
      clientId: "tab",
      batchId: randomUUID(),
      baseRevision: 0,
      operations: [addStep("second")],
    };
    const page = member("builder");
    // The last write of the save fails, as if the process or its connection died there.
    await asOwner(
      `create function refuse_batch() returns trigger language plpgsql as $$ begin raise exception 'gone'; end $$;
      create trigger refuse_batch before insert on draft_batches for each row execute function refuse_batch()`,
    );
    await expect(page.drafts.applyBatch(batch)).rejects.toThrow();
    await asOwner("drop trigger refuse_batch on draft_batches; drop function refuse_batch()");
    expect(await page.drafts.open({ slug: "dying" })).toMatchObject({ revision: 0, hasDraft: false });
    expect(await page.drafts.applyBatch(batch)).toMatchObject({ revision: 1, refused: [] });
    expect((await page.drafts.open({ slug: "dying" })).document.spec.nodes).toHaveLength(2);
  });

  it("the same batch sent by two connections at once is one", async () => {
    await create("doubled");
    const page = member("builder");
    const batch = {
      slug: "doubled",
      clientId: "tab",
      batchId: randomUUID(),
      baseRevision: 0,
      operations: [addStep("second")],
    };
    const answers = await Promise.all(Array.from({ length: 8 }, () => page.drafts.applyBatch(batch)));
    expect(answers).toEqual(Array.from({ length: 8 }, () => ({ revision: 1, missed: [], refused: [] })));
  });
});
