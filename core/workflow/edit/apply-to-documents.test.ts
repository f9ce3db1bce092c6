import { describe, expect, it } from "vitest";
import { defaultConfig } from "@/core/workflow/document";
import { exportSpec } from "@/core/workflow/export";
import { importSpec } from "@/core/workflow/import";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { applyOperation } from "./apply-operation";
import type { EditableDocument, Operation } from "./operation";
import { exampleDocuments } from "./operations.testkit";
import { done, node, refusal, sample } from "./apply-operation.testkit";

describe("what is around the steps", () => {
  it("settings are checked like everywhere, and come back", () => {
    const document = sample();
    const applied = applyOperation(
      document,
      {
        op: "set_config",
        changes: [
          { path: ["maxRetries"], value: 5 },
          { path: ["variables", "limit"], value: 3 },
        ],
      },
      stepDefinitions,
      triggerDefinitions,
    );
    if (!applied.ok) throw new Error(applied.reason);
    expect(applied.document.config).toMatchObject({ maxRetries: 5, variables: { limit: 3 } });
    expect(done(applied.document, ...applied.inverse)).toEqual(document);
    expect(refusal(document, { op: "set_config", changes: [{ path: ["maxRetries"], value: -1 }] })).toMatch(
      /^"maxRetries" is not right/,
    );
    expect(refusal(document, { op: "set_config", changes: [{ path: ["retries"], value: 1 }] })).toBe(
      'A workflow has no setting "retries".',
    );
  });

  it("a whole document comes in any spelling, and what stayed the same stays the same object", () => {
    const before = sample();
    const next = structuredClone(before);
    next.spec.nodes[1] = { id: "check", type: "switch", expression: "input.other", cases: { yes: { next: "b" } } };
    const after = done(before, { op: "replace_document", document: next });
    expect(after.spec.nodes[0]).toBe(before.spec.nodes[0]);
    expect(node(after, "check")).toMatchObject({ type: "decision", cases: ["yes"], expression: "input.other" });
    const wrong = structuredClone(before);
    wrong.spec.nodes.push({ id: "a", type: "end" });
    expect(refusal(before, { op: "replace_document", document: wrong })).toMatch(/^Two steps have the id "a"/);
  });
});

describe("C16 documents in other spellings, edited and exported", () => {
  it.each(Object.entries(exampleDocuments))(
    "%s: an export after any single edit says what the document says",
    (_n, document) => {
      const ids = document.spec.nodes.map(({ id }) => id);
      const operations: Operation[] = [
        ...ids.map((id): Operation => ({ op: "remove_node", id, heal: true })),
        ...ids.map((id): Operation => ({ op: "update_node", id, changes: [{ path: ["note"], value: "seen" }] })),
        ...ids.map((id): Operation => ({ op: "set_start", container: null, id })),
        ...document.spec.edges.map(({ from, to, case: handle }): Operation => ({
          op: "disconnect",
          from,
          to,
          case: handle,
        })),
        ...ids.flatMap((from) =>
          ids.map((to): Operation => ({
            op: "connect",
            from,
            case: document.spec.edges.find((edge) => edge.from === from)?.case ?? "out",
            to,
          })),
        ),
        { op: "set_input_schema", schema: null },
        { op: "set_input_schema", schema: { type: "object", properties: { x: {} } } },
      ];
      let applied = 0;
      for (const operation of operations) {
        const result = applyOperation(document, operation, stepDefinitions, triggerDefinitions);
        if (!result.ok) continue;
        applied += 1;
        const again = importSpec(exportSpec(result.document.spec, stepDefinitions), stepDefinitions);
        if (!again.ok) throw new Error(JSON.stringify([operation, again.issues]));
        expect({ operation, spec: meaning(again.spec) }).toEqual({ operation, spec: meaning(result.document.spec) });
      }
      expect(applied).toBeGreaterThan(ids.length * 3);
    },
  );

  it("a case that leads to a second step is exported as connections, not inside the step", () => {
    const read = importSpec(
      {
        nodes: [
          { id: "d", type: "decision", expression: "input.x", cases: { a: { next: "x" } }, defaultCase: "y" },
          { id: "x", type: "end" },
          { id: "y", type: "end" },
        ],
        startNodeId: "d",
      },
      stepDefinitions,
    );
    if (!read.ok) throw new Error(JSON.stringify(read.issues));
    const document = { spec: read.spec, triggers: [], config: defaultConfig };
    const after = done(document, { op: "connect", from: "d", case: "a", to: "y" });
    const again = importSpec(exportSpec(after.spec, stepDefinitions), stepDefinitions);
    expect(again.ok && again.spec.edges.map(({ from, case: handle, to }) => `${from}:${handle}:${to}`)).toEqual([
      "d:a:x",
      "d:default:y",
      "d:a:y",
    ]);
  });
});

/** Without the record of how it was spelled; the order of connections says nothing. */
function meaning(spec: EditableDocument["spec"]): unknown {
  const bare = JSON.parse(
    JSON.stringify(spec, (key, value: unknown) => (key === "x-source" ? undefined : value)),
  ) as EditableDocument["spec"];
  return {
    ...bare,
    edges: [...bare.edges].sort((left, right) => JSON.stringify(left).localeCompare(JSON.stringify(right))),
  };
}
