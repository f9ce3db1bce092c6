import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stepDefinitions } from "@/steps/definitions";
import type { Spec } from "./document";
import { writtenSpec } from "./generated-documents.testkit";
import { importSpec } from "./import";
import { validateSpec } from "./validate";
import { chain, context, issuesOf, verify } from "./validate.testkit";

describe("any document", () => {
  it("validation never throws on what imports", () => {
    fc.assert(
      fc.property(writtenSpec, (raw) => {
        const imported = importSpec(raw, stepDefinitions);
        if (imported.ok)
          for (const issue of validateSpec(imported.spec, context)) expect(issue.message.length).toBeGreaterThan(10);
      }),
      { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 200) },
    );
  }, 120_000);

  it("validation never throws on a canonical shape with arbitrary fields", () => {
    const id = fc.constantFrom("a", "b", "c", "");
    const fields = fc.constantFrom(
      "cases",
      "body",
      "expression",
      "channels",
      "x-source",
      "tool",
      "input",
      "items",
      "until",
      "assignTo",
      "result",
      "context",
      "bindFields",
    );
    const node = fc
      .tuple(
        id,
        fc.constantFrom(...Object.keys(stepDefinitions), "nope"),
        fc.dictionary(fields, fc.jsonValue({ maxDepth: 3 })),
      )
      .map(([nodeId, type, more]) => ({ ...more, id: nodeId, type }));
    const edge = fc.record({ from: id, to: id, case: fc.constantFrom("out", "true", "x", "error") });
    fc.assert(
      fc.property(
        fc.array(node, { maxLength: 5 }),
        fc.array(edge, { maxLength: 6 }),
        id,
        (nodes, edges, startNodeId) => {
          // Deliberately not what the type says: a stored draft may hold anything.
          const spec = { specVersion: "1", startNodeId, nodes, edges } as unknown as Spec;
          expect(Array.isArray(validateSpec(spec, context))).toBe(true);
        },
      ),
      { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 200) },
    );
  }, 120_000);

  it("2,000 steps that each read the one before are fine", () => {
    const nodes = Array.from({ length: 2_000 }, (_, index) => ({
      ...verify,
      id: `n${index}`,
      input: { email: index === 0 ? "${input.email}" : `\${step.n${index - 1}.output.name}` },
    }));
    expect(issuesOf(chain(nodes))).toEqual([]);
  }, 30_000);
});
