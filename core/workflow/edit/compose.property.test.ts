import fc from "fast-check";
import { expect, it } from "vitest";
import { importSpec } from "@/core/workflow/import";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { applyOperations } from "./apply-operations";
import {
  addAfter,
  copyFragment,
  duplicate,
  insertOnEdge,
  newNodeId,
  pasteFragment,
  removeAll,
  starterNode,
} from "./compose";
import { handlesOf } from "./node-handles";
import type { EditableDocument, Operation } from "./operation";
import { operationsSchema } from "./operation";
import { allNodes, editableDocument } from "./operations.testkit";

const runs = Number(process.env["PROPERTY_RUNS"] ?? 100);

/** Made for one document, so only connections that its own import should not have are left out. */
function done(document: EditableDocument, operations: readonly Operation[]): EditableDocument {
  if (operations.length === 0) return document;
  const sent = operationsSchema(triggerDefinitions).parse(JSON.parse(JSON.stringify(operations)));
  const applied = applyOperations(document, sent, stepDefinitions, triggerDefinitions);
  for (const { index, reason } of applied.refused) expect([sent[index]?.op, reason]).toEqual(["connect", reason]);
  expect(importSpec(applied.document.spec, stepDefinitions).ok).toBe(true);
  expect(applyOperations(applied.document, applied.inverse, stepDefinitions, triggerDefinitions).document).toEqual(
    document,
  );
  return applied.document;
}

it("M-3 any step type goes after any step and on any connection, in any document", () => {
  fc.assert(
    fc.property(
      editableDocument,
      fc.constantFrom(...Object.keys(stepDefinitions)),
      fc.nat(),
      (document, type, seed) => {
        const node = starterNode(type, stepDefinitions, newNodeId(document, type));
        const nodes = allNodes(document.spec);
        const from = nodes[seed % nodes.length];
        const handle = from === undefined ? undefined : handlesOf(from, stepDefinitions)[0];
        if (from !== undefined && handle !== undefined) {
          const after = done(document, addAfter(document, { from: from.id, case: handle.id }, node, stepDefinitions));
          expect(allNodes(after.spec).map(({ id }) => id)).toContain(node.id);
        }
        const edge = document.spec.edges[seed % Math.max(1, document.spec.edges.length)];
        if (edge !== undefined) done(document, insertOnEdge(document, edge, node, stepDefinitions));
      },
    ),
    { numRuns: runs },
  );
}, 120_000);

it("M-3 copies of anything can be put beside it and into an empty workflow; removing everything leaves nothing", () => {
  fc.assert(
    fc.property(editableDocument, fc.nat(), (document, seed) => {
      const ids = allNodes(document.spec).map(({ id }) => id);
      const some = ids.filter((_id, index) => (seed >> (index % 30)) % 2 === 0);
      const copied = duplicate(document, some, stepDefinitions);
      const after = done(document, copied.operations);
      const known = new Set(ids);
      const made = allNodes(after.spec).filter(({ id }) => !known.has(id));
      expect(made.map(({ id }) => id)).toEqual(expect.arrayContaining(copied.ids));
      const empty = { ...document, spec: { specVersion: "1" as const, startNodeId: "", nodes: [], edges: [] } };
      const fragment = copyFragment(document, ids, stepDefinitions);
      const paste = pasteFragment(empty, fragment, { container: null, offset: { x: 1, y: 1 } }, stepDefinitions);
      const usable = paste.operations.filter(({ op }) => op !== "connect");
      if (ids.every((id) => /^[a-z]\w*$/.test(id) && id !== "in")) done(empty, usable);
      expect(done(document, removeAll(document, ids, [], stepDefinitions)).spec.nodes).toEqual([]);
    }),
    { numRuns: runs },
  );
}, 120_000);
