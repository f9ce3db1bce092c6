import { describe, expect, it } from "vitest";
import type { Json } from "@/core/json";
import { markedPaths } from "./marked-paths";

const text = { type: "string" };
const marked = { type: "string", "x-sensitive": true };

describe("61 what of a value its schema marks as sensitive", () => {
  it.each<[string, Json | undefined, string[]]>([
    ["nothing without a schema", undefined, []],
    ["nothing that is not marked", { properties: { a: text, b: { ...text, "x-sensitive": false } } }, []],
    ["a field", { properties: { a: text, ssn: marked } }, ["ssn"]],
    ["a field of a field", { properties: { who: { properties: { name: text, ssn: marked } } } }, ["who.ssn"]],
    [
      "a field of the items of a list",
      { properties: { all: { items: { properties: { ssn: marked } } } } },
      ["all.ssn"],
    ],
    ["items by themselves", { properties: { all: { items: marked } } }, ["all"]],
    ["items by their place: the whole list", { properties: { all: { items: [text, marked] } } }, ["all"]],
    ["an alternative: all around it", { properties: { who: { anyOf: [text, marked] }, b: text } }, ["who"]],
    ["what is referred to: everything", { properties: { a: { $ref: "#/$defs/a" } }, $defs: { a: marked } }, [""]],
    ["names by a pattern: everything", { patternProperties: { "^s": marked } }, [""]],
    ["all of it", { "x-sensitive": true, properties: { a: text } }, [""]],
    ["words about it are no mark", { title: '"x-sensitive":true', properties: { a: text } }, []],
  ])("%s", (_, schema, paths) => {
    expect(markedPaths(schema).map((path) => path.join("."))).toEqual(paths);
  });
});
