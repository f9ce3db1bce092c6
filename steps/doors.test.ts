import { expect, it } from "vitest";
import { z } from "zod";
import { compile } from "@/core/engine/compile";
import { defaultConfig } from "@/core/workflow/document";
import { applyOperations } from "@/core/workflow/edit/apply-operations";
import { starterNode } from "@/core/workflow/edit/compose";
import { importSpec } from "@/core/workflow/import";
import { specJsonSchema } from "@/core/workflow/json-schema";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import { productSources } from "@/tests/product-sources";
import { triggerDefinitions } from "@/triggers/definitions";
import { defineStep } from "./define-step";
import { stepDefinitions } from "./definitions";

it("no file outside steps/ asks for a type of step by its name", () => {
  const names = Object.keys(stepDefinitions).join("|");
  const asks = new RegExp(String.raw`\b(?:node|step|row|definition)(?:\.node)?\.type [!=]== "(?:${names})"`);
  const destructured = new RegExp(String.raw`\(\{ type(?:, \w+)* \}\) => type [!=]== "(?:${names})"`);
  const sources = productSources("steps/");
  expect(sources.length).toBeGreaterThan(1000);
  const asking = sources.filter(({ text }) => [asks, destructured].some((form) => form.test(text)));
  expect(asking.map(({ file }) => file)).toEqual([]);
});

it("a new type of step is a definition and its line in the registry: it is read, drawn, described and compiled", () => {
  const stamp = defineStep({
    type: "stamp",
    aliases: ["seal"],
    title: "Stamp",
    description: "Puts a date on something.",
    icon: "stamp",
    group: "actions",
    color: "action",
    kind: "effect",
    available: true,
    implicitCase: "out",
    starter: { text: "Seen" },
    config: z.object({ text: z.string().min(1) }),
    handles: () => [{ id: "out", label: "Stamped", unlabelled: true }],
    summary: ({ text }) => text,
    expressionSites: ({ text }) => [{ path: "text", kind: "template", value: text }],
  });
  const definitions: StepDefinitions = { ...stepDefinitions, stamp };
  const node = starterNode("stamp", definitions, "mark");
  expect(node).toMatchObject({ id: "mark", type: "stamp", text: "Seen" });
  const read = importSpec(
    { startNodeId: "mark", nodes: [{ id: "mark", type: "SEAL", text: "${input.name}" }], edges: [] },
    definitions,
  );
  if (!read.ok) throw new Error(read.issues[0]?.message);
  expect(read.spec.nodes[0]).toMatchObject({ type: "stamp" });
  expect(JSON.stringify(specJsonSchema(definitions))).toContain('"stamp"');
  expect(compile(read.spec, defaultConfig, definitions).nodes.get("mark")).toMatchObject({
    name: "Stamp",
    kind: "effect",
  });
  const edited = applyOperations(
    { spec: read.spec, triggers: [], config: defaultConfig },
    [{ op: "update_node", id: "mark", changes: [{ path: ["text"], value: "Done" }] }],
    definitions,
    triggerDefinitions,
  );
  expect(edited.document.spec.nodes[0]).toMatchObject({ text: "Done" });
});
