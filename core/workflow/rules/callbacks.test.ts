import { expect, it } from "vitest";
import { expressionReferences } from "@/core/expression/references";
import { renameStepsInExpression } from "@/core/expression/rename-steps";
import { defaultConfig } from "@/core/workflow/document";
import { importSpec } from "@/core/workflow/import";
import { validateSpec } from "@/core/workflow/validate";
import { connectorCatalog } from "@/connectors/definitions";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";

const issuesOf = (template: string, inBody = "${input.x}") => {
  const imported = importSpec(
    {
      startNodeId: "tell",
      nodes: [
        { id: "tell", type: "transform", expression: { url: template } },
        { id: "paid", type: "wait", callback: true },
        { id: "nap", type: "wait", duration: "PT1M" },
        {
          id: "each",
          type: "loop",
          items: "input.list",
          body: {
            startNodeId: "say",
            nodes: [
              { id: "say", type: "transform", expression: { url: inBody } },
              { id: "inner", type: "wait", callback: true },
            ],
            edges: [{ from: "say", to: "inner" }],
          },
        },
      ],
      edges: [
        { from: "tell", to: "paid" },
        { from: "paid", to: "nap" },
        { from: "nap", to: "each" },
      ],
    },
    stepDefinitions,
  );
  if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
  return validateSpec(imported.spec, {
    definitions: stepDefinitions,
    triggerDefinitions,
    connectors: connectorCatalog,
    connections: [],
    triggers: [{ id: "api", type: "api" }],
    config: defaultConfig,
  })
    .filter(({ code }) => code === "unknown_reference" || code === "bad_expression")
    .map(({ code, message }) => `${code}: ${message}`);
};

it("B-13 run.callback may name a callback wait that comes later, also from inside of a loop and beside it there", () => {
  expect(issuesOf("${run.callback('paid')}", "${run.callback('inner')} ${run.callback(\"paid\")}")).toEqual([]);
});

it.each([
  ["${run.callback('payd')}", 'unknown_reference: There is no step "payd". Did you mean "paid"?'],
  ["${run.callback('nap')}", 'unknown_reference: "nap" does not wait for a callback'],
  ["${run.callback('inner')}", 'unknown_reference: "inner" runs inside another part'],
  ["${run.callback(input.step)}", "bad_expression"],
  ["${run.callback()}", "bad_expression"],
])("B-13 %s is refused when it is checked", (template, message) => {
  expect(issuesOf(template)).toEqual([expect.stringContaining(message)]);
});

it("B-13 a step that is renamed keeps its address", () => {
  expect(renameStepsInExpression("run.callback('paid') + 'x'", new Map([["paid", "settled"]]))).toBe(
    `run.callback("settled") + 'x'`,
  );
  expect(expressionReferences("[1].map(run, run.callback('paid'))").addresses.callback).toEqual([]);
});
