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
        { id: "ask", type: "collect_form", schema: { type: "object", properties: {} } },
        { id: "team", type: "collect_form", assignTo: "role:owner", schema: { type: "object", properties: {} } },
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
        { from: "nap", to: "ask" },
        { from: "ask", to: "team" },
        { from: "team", to: "each" },
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

it("A2 run.form may name a form that comes later, also from inside of a loop", () => {
  expect(issuesOf("${run.form('ask')}", "${run.form('ask')}")).toEqual([]);
});

it.each([
  ["${run.form('aks')}", 'unknown_reference: There is no step "aks". Did you mean "ask"?'],
  ["${run.form('nap')}", 'unknown_reference: "nap" is no form that is shown on a page'],
  ["${run.form('team')}", 'unknown_reference: "team" is no form that is shown on a page'],
  ["${run.form(input.step)}", "bad_expression"],
])("A2 %s is refused when it is checked", (template, message) => {
  expect(issuesOf(template)).toEqual([expect.stringContaining(message)]);
});

it("A2 a form that is renamed keeps its address", () => {
  expect(renameStepsInExpression("run.form('ask')", new Map([["ask", "details"]]))).toBe('run.form("details")');
});

it("B-13 a step that is renamed keeps its address", () => {
  expect(renameStepsInExpression("run.callback('paid') + 'x'", new Map([["paid", "settled"]]))).toBe(
    `run.callback("settled") + 'x'`,
  );
  expect(expressionReferences("[1].map(run, run.callback('paid'))").addresses.callback).toEqual([]);
});
