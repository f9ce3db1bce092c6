import { expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { perform } from "./tasks";

const schema: JsonObject = {
  type: "object",
  properties: { business: { type: "boolean" } },
  allOf: [
    {
      if: { properties: { business: { const: true } }, required: ["business"] },
      then: { properties: { vat: { type: "string", default: "none" } }, required: ["vat"] },
    },
  ],
};

it.each<[JsonObject, string[], JsonObject]>([
  [{ business: false, vat: "DE" }, ["vat"], { business: false, vat: "DE" }],
  [{ vat: "DE" }, ["vat"], { vat: "DE" }],
  [{ business: true, vat: "DE" }, [], { business: true, vat: "DE" }],
  [{ business: false }, [], { business: false }],
])("A41 an answer to a question that was not asked is refused, whoever sends it: %j", (input, paths, values) => {
  const answered = perform("formAnswers", { schema, input });
  expect(answered.problems.map(({ path }) => path)).toEqual(paths);
  expect(answered.values).toEqual(values);
});
