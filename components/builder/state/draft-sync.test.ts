import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DraftState, SavedBatch } from "@/core/contracts/draft";
import { defaultConfig } from "@/core/spec/document";
import { applyOperations } from "@/core/spec/edit/apply-operations";
import type { EditableDocument, Operation } from "@/core/spec/edit/operation";
import { stepDefinitions } from "@/steps/definitions";
import type { SaveState } from "./builder-state";
import { createDraftSync, type DraftApi } from "./draft-sync";
import type { UnsentBatch } from "./unsent-store";

const start: EditableDocument = {
  spec: { specVersion: "1", startNodeId: "a", nodes: [{ id: "a", type: "transform", expression: "1" }], edges: [] },
  triggers: [{ id: "manual", type: "manual" }],
  config: defaultConfig,
};

const state = (document: EditableDocument, revision: number): DraftState => ({
  workflowId: "w",
  slug: "w",
  name: "W",
  revision,
  hasDraft: revision > 0,
  baseVersion: 1,
  headVersion: 1,
  publishedVersion: null,
  document,
  updatedAt: "2026-01-01T00:00:00.000Z",
  updatedBy: null,
  mayEdit: true,
  mayPublish: true,
  reviewRequired: false,
  review: null,
});

/** The server's side of the contract, in memory: one order for everybody, a batch id counts once. */
function memoryServer() {
  let document = start;
  let revision = 0;
  const batches: SavedBatch[] = [];
  const answers = new Map<string, Awaited<ReturnType<DraftApi["apply"]>>>();
  return {
    document: () => document,
    revision: () => revision,
    /** `lose`: whether the answer of a call gets lost on its way back. */
    api: (clientId: string, lose: () => boolean = () => false): DraftApi => ({
      apply({ batchId, baseRevision, operations }) {
        const missed = batches.filter((batch) => batch.revision > baseRevision && batch.batchId !== batchId);
        const known = answers.get(batchId);
        if (known) return Promise.resolve(known);
        const result = applyOperations(document, operations, stepDefinitions);
        document = result.document;
        revision += 1;
        batches.push({ revision, batchId, clientId, by: clientId, at: "", operations });
        const answer = { revision, missed, refused: result.refused };
        answers.set(batchId, answer);
        return lose() ? Promise.reject(new Error("offline")) : Promise.resolve(answer);
      },
      since: (since) => Promise.resolve({ revision, batches: batches.filter((batch) => batch.revision > since) }),
      open: () => Promise.resolve(state(document, revision)),
    }),
  };
}

function openTab(api: DraftApi, initial: DraftState, unsent: UnsentBatch[] = []) {
  let ids = 0;
  const tab = { document: initial.document, save: [] as SaveState[], stored: [] as readonly UnsentBatch[] };
  const id = Math.floor(Math.random() * 1e12)
    .toString(16)
    .padStart(12, "0");
  const sync = createDraftSync(initial, {
    api,
    definitions: stepDefinitions,
    unsent: { read: () => unsent, write: (batches) => (tab.stored = batches) },
    clientId: id,
    onDocument: (document) => (tab.document = document),
    onSave: (save) => tab.save.push(save),
    onState: () => undefined,
    onRefused: () => undefined,
    newId: () => `00000000-0000-4000-8000-${id.slice(0, 8)}${String((ids += 1)).padStart(4, "0")}`,
    now: () => 0,
  });
  return {
    tab,
    sync,
    edit(operations: Operation[]) {
      const result = applyOperations(tab.document, operations, stepDefinitions);
      const refused = new Set(result.refused.map(({ index }) => index));
      const done = operations.filter((_, index) => !refused.has(index));
      if (done.length === 0) return;
      tab.document = result.document;
      sync.push(done);
    },
  };
}

const rename = (id: string, name: string): Operation => ({
  op: "update_node",
  id,
  changes: [{ path: ["name"], value: name }],
});
const add = (id: string): Operation => ({
  op: "add_node",
  container: null,
  node: { id, type: "transform", expression: "1" },
});

/** Nothing is left to send, and everybody has heard of everything. */
async function settle(tabs: readonly ReturnType<typeof openTab>[]): Promise<void> {
  for (const { sync } of tabs) {
    for (let attempt = 0; attempt < 20; attempt += 1)
      if (
        await sync.flush().then(
          () => true,
          () => false,
        )
      )
        break;
  }
  for (const { sync } of tabs) await sync.catchUp();
  for (const { sync } of tabs) sync.stop();
}

describe("draft sync", () => {
  it("edits of different things by two people both last, and both see the same", async () => {
    const server = memoryServer();
    const [one, two] = [openTab(server.api("one"), state(start, 0)), openTab(server.api("two"), state(start, 0))];
    one.edit([rename("a", "By one")]);
    two.edit([add("b")]);
    two.edit([{ op: "connect", from: "a", case: "out", to: "b" }]);
    await settle([one, two]);
    expect(one.tab.document).toEqual(server.document());
    expect(two.tab.document).toEqual(server.document());
    expect(server.document().spec.nodes.map(({ name, id }) => name ?? id)).toEqual(["By one", "b"]);
  });

  it("whatever two people do, lost answers included, all end with the server's document", async () => {
    const edit = fc.record({
      who: fc.integer({ min: 0, max: 2 }),
      operation: fc.oneof(
        fc
          .record({ id: fc.constantFrom("a", "b", "c"), name: fc.string({ maxLength: 4 }) })
          .map(({ id, name }) => rename(id, name)),
        fc.constantFrom("b", "c", "d").map(add),
        fc.constantFrom("a", "b", "c").map((id): Operation => ({ op: "remove_node", id, heal: true })),
        fc
          .tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom("b", "c", "d"))
          .map(([from, to]): Operation => ({ op: "connect", from, case: "out", to })),
      ),
      then: fc.constantFrom("go on", "save", "catch up"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 25 }), fc.infiniteStream(fc.boolean()), async (edits, losses) => {
        const server = memoryServer();
        let lost = 0;
        const lose = () => losses.next().value === true && (lost += 1) < 4;
        const tabs = [0, 1, 2].map((who) => openTab(server.api(String(who), lose), state(start, 0)));
        for (const { who, operation, then } of edits) {
          const tab = tabs[who];
          tab?.edit([operation]);
          if (then === "save") await tab?.sync.flush().catch(() => undefined);
          if (then === "catch up") await tab?.sync.catchUp();
        }
        await settle(tabs);
        for (const { tab } of tabs) expect(tab.document).toEqual(server.document());
        for (const { tab } of tabs) expect(tab.stored).toEqual([]);
      }),
      { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 100) },
    );
  });

  it("a killed tab's edits are sent by the next one, once, even if the server had them", async () => {
    const server = memoryServer();
    const killed = openTab(
      server.api("one", () => true),
      state(start, 0),
    );
    killed.edit([add("b")]);
    await expect(killed.sync.flush()).rejects.toThrow("not saved yet");
    killed.edit([rename("b", "Second")]);
    killed.sync.stop();
    expect(killed.tab.stored).toHaveLength(2);
    const next = openTab(server.api("two"), state(server.document(), server.revision()));
    next.tab.document = next.sync.resume(killed.tab.stored);
    await settle([next]);
    expect(server.document().spec.nodes.map(({ id, name }) => [id, name])).toEqual([
      ["a", undefined],
      ["b", "Second"],
    ]);
    expect(next.tab.document).toEqual(server.document());
  });

  it("an edit that the server refuses for good does not hold up the next ones", async () => {
    const server = memoryServer();
    const api = server.api("one");
    let refuse = true;
    const one = openTab(
      {
        ...api,
        apply: (batch) => {
          if (!refuse) return api.apply(batch);
          refuse = false;
          return Promise.reject(Object.assign(new Error("The workflow is too large."), { data: { httpStatus: 413 } }));
        },
      },
      state(start, 0),
    );
    one.edit([add("b")]);
    await one.sync.flush();
    expect(one.tab.save).toContainEqual({ kind: "failed", message: "The workflow is too large." });
    expect(one.tab.document).toEqual(start);
    one.edit([add("c")]);
    await settle([one]);
    expect(server.document().spec.nodes.map(({ id }) => id)).toEqual(["a", "c"]);
  });
});
