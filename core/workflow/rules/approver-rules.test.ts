import { expect, it } from "vitest";
import { connectorCatalog } from "@/connectors/definitions";
import { spend } from "@/core/approver-rules/rules.testkit";
import type { RuleDocument } from "@/core/approver-rules/document";
import { defaultConfig } from "@/core/workflow/document";
import { importSpec } from "@/core/workflow/import";
import { validateSpec } from "@/core/workflow/validate";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";

const holders: Readonly<Record<string, readonly string[]>> = {
  "role:lead": ["lea"],
  "role:manager": ["max"],
  "role:finance": ["fin"],
  "role:owner": ["olive"],
  "role:viewer": ["vic"],
};

function found(rules: object, document: RuleDocument = spend, more: object = {}): string[] {
  const raw = { startNodeId: "ask", nodes: [{ id: "ask", type: "approval", rules, ...more }], edges: [] };
  const imported = importSpec(raw, stepDefinitions);
  if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
  return validateSpec(imported.spec, {
    definitions: stepDefinitions,
    triggerDefinitions,
    connectors: connectorCatalog,
    connections: null,
    triggers: [{ id: "api", type: "api" }],
    config: defaultConfig,
    people: {
      all: () => ["lea", "max", "fin", "olive", "vic"],
      behind: (reference) => holders[reference] ?? null,
      may: (person) => person !== "vic",
    },
    approverRules: [{ key: "spend", name: "Spend", version: 1, document }],
  })
    .filter(({ code }) => ["unknown_rule_table", "unanswered_rule", "no_reachable_approver"].includes(code))
    .map(({ code, severity, path, message }) => `${severity} ${code} ${path}: ${message}`);
}

const values = { amount: "${input.amount}", site: "Lyon" };

it("row 26 a step that asks by a live table, and says what it asks, has nothing wrong with its people", () => {
  expect(found({ table: "spend", values })).toEqual([]);
});

it("a table that is not live is named, with the nearest that is", () => {
  expect(found({ table: "spnd", values })).toEqual([
    'error unknown_rule_table nodes[0].rules.table: "ask" asks by the rule table "spnd", and no table of this key is live. Did you mean "spend"?',
  ]);
});

it("every question has an answer, and every answer a question", () => {
  const all = found({ table: "spend", values: { amount: "1 EUR", sit: "Lyon" } });
  expect(all).toEqual([
    expect.stringMatching(
      /^error unanswered_rule nodes\[0\]\.rules\.values: The rule “Spend” asks for Site \("site"\)/,
    ),
    expect.stringMatching(/^error unanswered_rule nodes\[0\]\.rules\.values\.sit: .* Did you mean "site"\?$/),
  ]);
});

it("somebody of every row may decide, of the last one and after its time as well", () => {
  const [first, second, third] = spend.rows;
  if (!first || !second || !third) throw new Error("three rows");
  const of = (rows: RuleDocument["rows"], otherwise = spend.otherwise) =>
    found({ table: "spend", values }, { ...spend, rows, otherwise });
  expect(of([{ ...first, assignTo: ["role:boss"] }, second, third])).toEqual([
    expect.stringMatching(
      /^error no_reachable_approver nodes\[0\]\.rules\.table: Row 1 of the rule “Spend” waits for people/,
    ),
  ]);
  expect(of([{ ...first, assignTo: ["role:viewer"] }])).toHaveLength(1);
  expect(of([{ ...first, quorum: { mode: "count", n: 2 } }])).toHaveLength(1);
  expect(of([first, { ...second, escalateTo: ["role:boss"] }])).toHaveLength(1);
  expect(of([first], { assignTo: ["role:boss"] })).toEqual([
    expect.stringContaining("The last row of the rule “Spend”"),
  ]);
  expect(of([first], { refuse: true })).toEqual([]);
});

it("under four eyes of the step, a row with one person alone is worth a warning", () => {
  const [one] = found({ table: "spend", values }, spend, { policy: { requesterCannotApprove: true } });
  expect(one).toMatch(/^warning no_reachable_approver .*Only one person can decide Row 1/);
});
