import { expect, it } from "vitest";
import { connectorCatalog } from "@/connectors/definitions";
import { defaultConfig } from "@/core/workflow/document";
import { importSpec } from "@/core/workflow/import";
import { validateSpec } from "@/core/workflow/validate";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";

function findings(schema: object): string[] {
  const nodes = [{ id: "ask", type: "collect_form", title: "Ask", schema }];
  const imported = importSpec({ startNodeId: "ask", nodes, edges: [], inputSchema: schema }, stepDefinitions);
  if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
  return validateSpec(imported.spec, {
    definitions: stepDefinitions,
    triggerDefinitions,
    connectors: connectorCatalog,
    connections: null,
    triggers: [{ id: "events", type: "event", event: "order.placed" }],
    config: defaultConfig,
  })
    .filter(({ path }) => path.includes("chema"))
    .map(({ severity, path }) => `${severity} ${path}`);
}

it("K18 names references that lead nowhere, in input and in forms, at their place", () => {
  expect(findings({ properties: { a: { $ref: "#/$defs/none" } } })).toEqual([
    "error inputSchema.properties.a.$ref",
    "error nodes[0].schema.properties.a.$ref",
  ]);
});

it("K18 warns of other drafts and of defaults that do not fit", () => {
  const draft = "http://json-schema.org/draft-04/schema#";
  expect(findings({ $schema: draft, properties: { a: { type: "integer", default: "1" } } })).toEqual([
    "warning inputSchema.$schema",
    "warning inputSchema.properties.a.default",
    "warning nodes[0].schema.$schema",
    "warning nodes[0].schema.properties.a.default",
  ]);
});

it.each([[{ type: "array" }], [{ type: ["string", "null"] }], [{ enum: ["a", "b"] }], [{ const: 1 }]])(
  "a schema that no input and no answer can ever fit is an error: %j",
  (schema) => {
    expect(findings(schema)).toEqual(["error inputSchema", "error nodes[0].schema"]);
  },
);

it.each([[{}], [{ type: ["object", "null"] }], [{ properties: { a: {} } }], [{ enum: [{ a: 1 }] }]])(
  "a schema that takes fields by name is none: %j",
  (schema) => {
    expect(findings(schema).filter((found) => found.startsWith("error"))).toEqual([]);
  },
);
