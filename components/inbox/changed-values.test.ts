import { expect, it } from "vitest";
import type { EditableValue } from "@/core/contracts/approval";
import { changedValues, formOf } from "./changed-values";

const editable: EditableValue[] = [
  { path: "input.amount", label: "Amount", schema: { type: "number" }, value: 900 },
  { path: "input.order.plan", label: "Plan", schema: { type: "string", title: "plan" }, value: null },
];

it("A16 the values that may be changed are drawn with their labels, filled in as they are", () => {
  expect(formOf(editable)).toEqual({
    schema: {
      type: "object",
      properties: {
        value0: { type: "number", title: "Amount" },
        value1: { type: "string", title: "Plan" },
      },
      required: ["value0"],
    },
    values: { value0: 900 },
  });
});

it("A16 only what differs is an edit", () => {
  expect(changedValues(editable, { value0: 900 })).toEqual({});
  expect(changedValues(editable, { value0: 500, value1: "team" })).toEqual({
    "input.amount": 500,
    "input.order.plan": "team",
  });
});
