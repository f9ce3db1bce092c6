import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stepDefinitions } from "@/steps/definitions";
import kyc from "./fixtures/indonesian-kyc-v1.json";
import upgrade from "./fixtures/subscription-upgrade.json";
import stock from "./fixtures/weekly-stock-check.json";
import { exportSpec } from "./export";
import { writtenSpec } from "./generated-documents.testkit";
import { importSpec } from "./import";
import { createSpecSchema } from "./schema";

// Property tests grow with PROPERTY_RUNS; the machine may be busy.
const patience = 120_000;
const runs = Number(process.env["PROPERTY_RUNS"] ?? 200);

const examples = {
  "indonesian-kyc-v1": kyc.spec,
  "subscription-upgrade": upgrade.spec,
  "weekly-stock-check": stock.spec,
};

describe("import and export", () => {
  it.each(Object.entries(examples))("K-14 the example %s comes out as it went in", (_name, raw) => {
    const imported = importSpec(raw, stepDefinitions);
    if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
    expect(exportSpec(imported.spec, stepDefinitions)).toEqual(raw);
  });

  it(
    "every document that imports comes out as it went in, and its canonical form is stable",
    () => {
      let accepted = 0;
      fc.assert(
        fc.property(writtenSpec, (raw) => {
          const imported = importSpec(raw, stepDefinitions);
          if (!imported.ok) {
            expect(imported.issues.map(({ code }) => code)).toEqual(imported.issues.map(() => "branch_conflict"));
            return;
          }
          accepted += 1;
          const stored: unknown = JSON.parse(JSON.stringify(imported.spec));
          expect(stored).toEqual(imported.spec);
          expect(exportSpec(imported.spec, stepDefinitions)).toEqual(raw);
          expect(importSpec(stored, stepDefinitions)).toEqual(imported);
          const again = importSpec(exportSpec(imported.spec, stepDefinitions), stepDefinitions);
          expect(again).toEqual(imported);
        }),
        { numRuns: runs },
      );
      expect(accepted).toBeGreaterThan(runs / 2);
    },
    patience,
  );

  it.each([{ "": "" }, { " ": {} }, { foo: { next: "a" } }, { true: { next: "a" }, "": {} }])(
    "cases that the type has no branch for come out as they went in: %j",
    (cases) => {
      const raw = { nodes: [{ id: "a", type: "condition", expression: "true", cases }], edges: [] };
      const imported = importSpec(raw, stepDefinitions);
      if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
      expect(exportSpec(imported.spec, stepDefinitions)).toEqual(raw);
    },
  );

  it("the canonical form of the examples fits its own schema", () => {
    for (const raw of Object.values(examples)) {
      const imported = importSpec(raw, stepDefinitions);
      if (!imported.ok) throw new Error("not imported");
      expect(createSpecSchema(stepDefinitions).safeParse(imported.spec).error).toBeUndefined();
    }
  });

  it(
    "import never throws and always answers, whatever JSON comes",
    () => {
      const anything = fc.oneof(
        fc.jsonValue({ maxDepth: 5 }),
        fc.record({ nodes: fc.jsonValue(), edges: fc.jsonValue(), startNodeId: fc.jsonValue() }),
        nodesOfAnything(),
      );
      fc.assert(
        fc.property(anything, (raw) => {
          const result = importSpec(raw, stepDefinitions);
          if (result.ok) {
            const exported = exportSpec(result.spec, stepDefinitions);
            // A document that brings our own record of an earlier import is given back in that earlier spelling.
            if (!JSON.stringify(raw).includes("x-source")) expect(asSent(exported)).toEqual(asSent(raw));
          } else expect(result.issues.length).toBeGreaterThan(0);
        }),
        { numRuns: runs },
      );
    },
    patience,
  );
});

/** As it goes over the wire, where -0 is 0. */
function asSent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function nodesOfAnything(): fc.Arbitrary<unknown> {
  const type = fc.constantFrom(...Object.keys(stepDefinitions), "Loop", "Switch");
  const field = fc.constantFrom(
    "cases",
    "body",
    "expression",
    "onTimeout",
    "onError",
    "onReject",
    "channels",
    "x-source",
    "defaultCase",
    "retry",
    "items",
  );
  const node = fc
    .tuple(fc.uuid(), type, fc.dictionary(field, fc.jsonValue({ maxDepth: 3 })))
    .map(([id, kind, fields]) => ({ ...fields, id, type: kind }));
  const edge = fc.record({ from: fc.constantFrom("a", "b"), to: fc.constantFrom("a", "b") });
  return fc.record({ nodes: fc.array(node, { maxLength: 4 }), edges: fc.array(edge, { maxLength: 3 }) });
}
