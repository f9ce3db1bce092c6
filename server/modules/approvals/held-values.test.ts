import { expect, test } from "vitest";
import { compile } from "@/core/engine/compile";
import { defaultConfig } from "@/core/workflow/document";
import { importSpec } from "@/core/workflow/import";
import { stepDefinitions } from "@/steps/definitions";
import { factLines, heldLabel } from "./held-values";

function versionOf(raw: object) {
  const result = importSpec(raw, stepDefinitions);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return { spec: result.spec, plan: compile(result.spec, defaultConfig, stepDefinitions) };
}
const version = versionOf({
  inputSchema: {
    type: "object",
    properties: {
      order_id: { title: "Order number" },
      blank: { title: " " },
      terms: { type: "object", properties: { days: { title: "Days to pay" } } },
    },
  },
  startNodeId: "preview",
  nodes: [{ id: "preview", type: "transform", name: "Preview the cost", expression: { a: "1" } }],
  edges: [],
});

test.each([
  ["input.order_id", "Order number"],
  ["trigger.order_id", "Order number"],
  ["input.blank", "Blank"],
  ["input.terms.days", "Days to pay"],
  ["input.deliveryDate", "Delivery date"],
  ["input.order.unit_price", "Unit price"],
  ["step.preview.output.amountDue", "Amount due (Preview the cost)"],
  ["step.gone.output.amount", "Amount"],
  ["42", "42"],
])("B2 %s is called %s", (path, label) => {
  expect(heldLabel(version, path)).toBe(label);
});

test("A7 what may not be seen is hidden in the lines too", () => {
  const facts = [
    { path: "input.order_id", value: 7 },
    { path: "input.gift", value: true },
  ];
  expect(factLines(version, facts, (path, value) => (path === "input.order_id" ? "•••" : value))).toEqual([
    { label: "Order number", value: "•••" },
    { label: "Gift", value: "Yes" },
  ]);
});
