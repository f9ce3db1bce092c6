import { Validator } from "@cfworker/json-schema";
import { describe, expect, it } from "vitest";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import type { Spec } from "./document";
import kyc from "./fixtures/indonesian-kyc-v1.json";
import upgrade from "./fixtures/subscription-upgrade.json";
import stock from "./fixtures/weekly-stock-check.json";
import { specGraph } from "./graph";
import { importSpec } from "./import";
import { specJsonSchema, workflowJsonSchema } from "./json-schema";

function imported(raw: unknown): Spec {
  const result = importSpec(raw, stepDefinitions);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.spec;
}

const problems = (schema: object, value: unknown): string[] =>
  new Validator(schema, "2020-12", false)
    .validate(value)
    .errors.map(({ instanceLocation, error }) => `${instanceLocation} ${error}`);

describe("JSON Schema for editors", () => {
  it("M-4 the examples fit the schema of workflow files", () => {
    const schema = workflowJsonSchema(stepDefinitions, triggerDefinitions);
    expect(schema["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
    for (const raw of [kyc, upgrade, stock]) expect(problems(schema, raw)).toEqual([]);
  });

  it("M-4 canonical documents fit both schemas, and mistakes are found", () => {
    for (const raw of [kyc, upgrade, stock]) {
      const spec = imported(raw.spec);
      expect(problems(specJsonSchema(stepDefinitions, "canonical"), spec)).toEqual([]);
      expect(problems(specJsonSchema(stepDefinitions), spec)).toEqual([]);
    }
    expect(problems(specJsonSchema(stepDefinitions), { nodes: [{ id: "a", type: "aproval" }] })).not.toEqual([]);
    expect(
      problems(specJsonSchema(stepDefinitions), {
        nodes: [{ id: "a", type: "notify", channels: ["fax"], to: "x", message: "y" }],
      }),
    ).not.toEqual([]);
  });
});

describe("the drawing", () => {
  it("F-14 cards say title and action or expression; branches are labelled", () => {
    const graph = specGraph(imported(upgrade.spec), stepDefinitions);
    expect(graph.nodes.slice(0, 4).map(({ title, summary }) => [title, summary])).toEqual([
      ["Verify customer identity", "identity.verify"],
      ["Check plan eligibility", "current_plan != 'enterprise'"],
      ["Preview upgrade cost", "stripe.subscription.preview"],
      ["Manager approval required", "Waiting for manager"],
    ]);
    expect(graph.edges.map(({ from, label }) => [from, label]).slice(0, 6)).toEqual([
      ["verify", null],
      ["eligible", "Yes"],
      ["eligible", "No"],
      ["preview", null],
      ["approve", "Approved"],
      ["approve", "Rejected"],
    ]);
  });

  it("M-9 the steps of a loop are drawn inside it", () => {
    const graph = specGraph(imported(stock.spec), stepDefinitions);
    expect(graph.nodes.filter(({ parentId }) => parentId === "each").map(({ id }) => id)).toEqual([
      "draft",
      "big",
      "ask",
      "order",
      "skip",
    ]);
    expect(new Set(graph.edges.map(({ id }) => id)).size).toBe(graph.edges.length);
  });

  it("a broken draft is drawn too", () => {
    const spec = imported({
      nodes: [{ id: "a", type: "decision", ui: { position: { x: 1, y: 2 } } }],
      edges: [{ from: "a", to: "gone" }],
    });
    expect(specGraph(spec, stepDefinitions)).toEqual({
      nodes: [expect.objectContaining({ id: "a", summary: "", position: { x: 1, y: 2 } })],
      edges: [],
    });
  });
});
