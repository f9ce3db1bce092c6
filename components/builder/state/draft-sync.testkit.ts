import type { DraftState, SavedBatch } from "@/core/contracts/draft";
import { defaultConfig } from "@/core/workflow/document";
import { applyOperations } from "@/core/workflow/edit/apply-operations";
import type { EditableDocument, Operation } from "@/core/workflow/edit/operation";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import type { SaveState } from "./builder-state";
import { createDraftSync, type DraftApi } from "./draft-sync";
import type { UnsentBatch } from "./unsent-store";

export const start: EditableDocument = {
  spec: { specVersion: "1", startNodeId: "a", nodes: [{ id: "a", type: "transform", expression: "1" }], edges: [] },
  triggers: [{ id: "manual", type: "manual" }],
  config: defaultConfig,
};

export const state = (document: EditableDocument, revision: number): DraftState => ({
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
export function memoryServer() {
  let document = start;
  let revision = 0;
  const batches: SavedBatch[] = [];
  const answers = new Map<string, Awaited<ReturnType<DraftApi["apply"]>>>();
  return {
    document: () => document,
    revision: () => revision,
    batchIds: () => batches.map(({ batchId }) => batchId),
    /** `lose`: whether the answer of a call gets lost on its way back. */
    api: (clientId: string, lose: () => boolean = () => false): DraftApi => ({
      apply({ batchId, baseRevision, operations }) {
        const missed = batches.filter((batch) => batch.revision > baseRevision && batch.batchId !== batchId);
        const known = answers.get(batchId);
        if (known) return Promise.resolve(known);
        const result = applyOperations(document, operations, stepDefinitions, triggerDefinitions);
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

export function openTab(api: DraftApi, initial: DraftState, unsent: UnsentBatch[] = []) {
  let ids = 0;
  const tab = { document: initial.document, save: [] as SaveState[], stored: [] as readonly UnsentBatch[] };
  const id = Math.floor(Math.random() * 1e12)
    .toString(16)
    .padStart(12, "0");
  const sync = createDraftSync(initial, {
    api,
    definitions: stepDefinitions,
    triggerDefinitions,
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
      const result = applyOperations(tab.document, operations, stepDefinitions, triggerDefinitions);
      const refused = new Set(result.refused.map(({ index }) => index));
      const done = operations.filter((_, index) => !refused.has(index));
      if (done.length === 0) return;
      tab.document = result.document;
      sync.push(done);
    },
  };
}

export const rename = (id: string, name: string): Operation => ({
  op: "update_node",
  id,
  changes: [{ path: ["name"], value: name }],
});
export const add = (id: string): Operation => ({
  op: "add_node",
  container: null,
  node: { id, type: "transform", expression: "1" },
});

/** Nothing is left to send, and everybody has heard of everything. */
export async function settle(tabs: readonly ReturnType<typeof openTab>[]): Promise<void> {
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
