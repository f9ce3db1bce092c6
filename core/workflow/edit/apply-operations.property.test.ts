import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { importSpec } from "@/core/workflow/import";
import { exportSpec } from "@/core/workflow/export";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { applyOperation } from "./apply-operation";
import { applyOperations } from "./apply-operations";
import type { EditableDocument, Operation } from "./operation";
import { operationsSchema } from "./operation";
import { editableDocument, operationFrom, operationSeeds } from "./operations.testkit";

// Property tests grow with PROPERTY_RUNS; the machine may be busy.
const patience = 120_000;
const runs = Number(process.env["PROPERTY_RUNS"] ?? 100);

interface Edited {
  before: EditableDocument;
  operation: Operation;
  applied: ReturnType<typeof applyOperation>;
}

function edit(document: EditableDocument, seeds: readonly (readonly number[])[]): Edited[] {
  let before = document;
  return seeds.map((seed) => {
    const operation = operationFrom(seed, before);
    const entry = {
      before,
      operation,
      applied: applyOperation(before, operation, stepDefinitions, triggerDefinitions),
    };
    if (entry.applied.ok) before = entry.applied.document;
    return entry;
  });
}

describe("applyOperations, any document and any operations", () => {
  it(
    "never throws, changes nothing it was given, and leaves a document that imports as what it is",
    () => {
      let done = 0;
      fc.assert(
        fc.property(editableDocument, operationSeeds, (document, seeds) => {
          const text = JSON.stringify(document);
          for (const { applied, operation } of edit(document, seeds)) {
            if (!applied.ok) {
              expect(applied.reason).toMatch(/^\S.*[.!?]$/s);
              continue;
            }
            done += 1;
            const read = importSpec(applied.document.spec, stepDefinitions);
            expect(read.ok ? [] : [operation, read.issues]).toEqual([]);
            const written = exportSpec(applied.document.spec, stepDefinitions);
            const again = importSpec(JSON.parse(JSON.stringify(written)), stepDefinitions);
            expect(again.ok ? [] : [operation, again.issues]).toEqual([]);
          }
          expect(JSON.stringify(document)).toBe(text);
        }),
        { numRuns: runs },
      );
      expect(done).toBeGreaterThan(runs);
    },
    patience,
  );

  it(
    "an operation and its inverse give the very document back, the order of lists included",
    () => {
      fc.assert(
        fc.property(editableDocument, operationSeeds, (document, seeds) => {
          for (const { before, operation, applied } of edit(document, seeds)) {
            if (!applied.ok) continue;
            const inverse = sent(applied.inverse);
            const back = applyOperations(applied.document, inverse, stepDefinitions, triggerDefinitions);
            expect({ operation, refused: back.refused }).toEqual({ operation, refused: [] });
            expect({ operation, document: back.document }).toEqual({ operation, document: before });
          }
        }),
        { numRuns: runs },
      );
    },
    patience,
  );

  it(
    "a batch is the fold of its operations; taken back at once, step by step, and done again it is the same",
    () => {
      fc.assert(
        fc.property(editableDocument, operationSeeds, (document, seeds) => {
          const edits = edit(document, seeds);
          const operations = edits.map(({ operation }) => operation);
          const batch = applyOperations(document, operations, stepDefinitions, triggerDefinitions);
          const last = edits.reduce((at, { applied }) => (applied.ok ? applied.document : at), document);
          expect(batch.document).toEqual(last);
          expect(batch.refused.map(({ index }) => index)).toEqual(
            edits.flatMap(({ applied }, index) => (applied.ok ? [] : [index])),
          );
          const undone = applyOperations(batch.document, batch.inverse, stepDefinitions, triggerDefinitions);
          expect(undone.document).toEqual(document);
          const redone = applyOperations(undone.document, undone.inverse, stepDefinitions, triggerDefinitions);
          expect(redone.document).toEqual(batch.document);
          expect(
            applyOperations(redone.document, redone.inverse, stepDefinitions, triggerDefinitions).document,
          ).toEqual(document);
        }),
        { numRuns: runs },
      );
    },
    patience,
  );

  it(
    "two people who edit at once see the same document when both have all batches, in the server's order",
    () => {
      fc.assert(
        fc.property(editableDocument, operationSeeds, operationSeeds, (document, mine, theirs) => {
          const left = edit(document, mine).map(({ operation }) => operation);
          const right = edit(document, theirs).map(({ operation }) => operation);
          // The server takes the left batch first; the right one was made without knowing of it.
          const server = applyOperations(
            applyOperations(document, left, stepDefinitions, triggerDefinitions).document,
            right,
            stepDefinitions,
            triggerDefinitions,
          );
          // The left browser has its own edits and gets the others'. The right one takes its own back, applies what it missed
          // and does its own again.
          const ahead = applyOperations(document, right, stepDefinitions, triggerDefinitions);
          const rebased = applyOperations(
            ahead.document,
            [...ahead.inverse, ...left, ...right],
            stepDefinitions,
            triggerDefinitions,
          );
          expect(rebased.document).toEqual(server.document);
        }),
        { numRuns: runs },
      );
    },
    patience,
  );
});

/** As it comes over the wire. */
function sent(operations: Operation[]): Operation[] {
  return operations.length === 0
    ? []
    : operationsSchema(triggerDefinitions).parse(JSON.parse(JSON.stringify(operations)));
}
