import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { answerProblems } from "@/core/schema/form-answers";
import { inOrder, withOrder } from "@/core/schema/property-order";

const schema: JsonObject = {
  required: ["email"],
  properties: {
    email: { type: "string" },
    lines: { type: "array", items: { $ref: "#/$defs/line" } },
    meta: { type: "object" },
  },
  $defs: { line: { properties: { sku: {} } } },
};

describe("K9 a form takes only what was asked", () => {
  it.each<[JsonObject, JsonObject, string[]]>([
    [schema, { email: "a", lines: [{ sku: 1 }], meta: { any: 1 } }, []],
    [schema, { email: "a", limit: 999_999 }, ["limit"]],
    [schema, { email: "a", lines: [{ sku: 1, price: 0 }] }, ["lines[0].price"]],
    [{}, { approved: true }, ["approved"]],
    [{ ...schema, additionalProperties: true }, { email: "a", more: 1 }, []],
    [{ allOf: [schema], $defs: { line: {} } }, { email: "a", more: 1 }, ["more"]],
    [
      {
        oneOf: [
          { properties: { a: {} }, required: ["a"] },
          { properties: { b: {} }, required: ["b"] },
        ],
      },
      { b: 1 },
      [],
    ],
  ])("%j %j", (asked, values, paths) => {
    expect(answerProblems(asked, values).map(({ path }) => path)).toEqual(paths);
  });

  it("names the nearest field", () => {
    expect(answerProblems(schema, { emial: "a" })).toEqual([
      { path: "emial", message: expect.stringContaining('Did you mean "email"?') },
      { path: "email", message: "email is required. Add it." },
    ]);
  });
});

it("K15 a blank text is no answer to a required question", () => {
  expect(answerProblems(schema, { email: " \n" })).toEqual([{ path: "email", message: "email is required. Add it." }]);
});

it("A19 B-7 the author's order survives a store that sorts keys", () => {
  const asked = { properties: { zebra: {}, b: { properties: { y: {}, x: {} } }, apple: {} } };
  const properties = { b: { properties: { x: {}, y: {} }, "x-order": ["y", "x"] }, apple: {}, zebra: {} };
  expect(withOrder(asked)).toEqual({ properties, "x-order": ["zebra", "b", "apple"] });
  const stored = { "x-order": ["zebra", "b", "apple"], properties };
  expect(JSON.stringify(inOrder(stored).properties)).toMatch(/zebra.*"b".*"y".*"x".*apple/);
  expect(asked).toEqual({ properties: { zebra: {}, b: { properties: { y: {}, x: {} } }, apple: {} } });
});

describe("A41 a kind of question is checked whatever page or program answers it", () => {
  const schema: JsonObject = {
    type: "object",
    properties: {
      hour: { type: "string", "x-kind": "time" },
      price: { type: "number", "x-currency": "EUR" },
      yen: { type: "number", "x-currency": "JPY" },
      dinar: { type: "number", "x-currency": "KWD" },
      rows: { type: "array", items: { type: "object", properties: { paid: { type: "number", "x-currency": "EUR" } } } },
    },
  };
  it.each<[JsonObject, string[]]>([
    [{ hour: "25:99" }, ["hour"]],
    [{ hour: "9:30" }, ["hour"]],
    [{ hour: "23:59" }, []],
    [{ price: 12.345 }, ["price"]],
    [{ price: 12.34 }, []],
    [{ price: 1e21 }, []],
    [{ price: -0.07 }, []],
    [{ yen: 0.5 }, ["yen"]],
    [{ yen: 500 }, []],
    [{ dinar: 1.005 }, []],
    [{ rows: [{ paid: 1.5 }, { paid: 1.555 }] }, ["rows[1].paid"]],
  ])("%j", (values, paths) => {
    expect(answerProblems(schema, values).map(({ path }) => path)).toEqual(paths);
  });
});
