import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "@/core/json";
import { checkSchema, validateAgainstSchema } from "@/core/schema/validate-input";

const text = { type: "string" };

/** What only the library would say. */
const libraryWords =
  /instance|subschema|\bmatch|array\b|does not have|items? were found|unresolved|duplicate schema|URI|URL/i;

describe("B-49 the schema library's wording", () => {
  it.each<[JsonObject, Json, string]>([
    [{ minLength: 2 }, "a", "This must have at least 2 characters."],
    [{ maxLength: 1 }, "ab", "This must have at most 1 character."],
    [{ minProperties: 1 }, {}, "The object must have at least 1 field."],
    [{ maxProperties: 1 }, { a: 1, b: 1 }, "The object must have at most 1 field."],
    [{ contains: text }, [1], "The list lacks an item that is required."],
    [{ contains: text, minContains: 2 }, ["a"], "The list must have at least 2 items of the form that is required."],
    [{ contains: text, maxContains: 1 }, ["a", "b"], "The list must have at most 1 item of the form that is limited."],
    [{ propertyNames: { maxLength: 1 } }, { ab: 1 }, "A field name has a form that is not allowed."],
    [{ dependentRequired: { a: ["b"] } }, { a: 1 }, "b is required when a is given. Add it."],
    [{ dependencies: { a: ["b"] } }, { a: 1 }, "b is required when a is given. Add it."],
    [{ dependencies: { a: { required: ["c"] } } }, { a: 1 }, "This does not fit what is required when a is given."],
    [{ unevaluatedProperties: false }, { b: 1 }, "This field is not expected. Remove it."],
    [{ unevaluatedItems: false }, [1], "This field is not expected. Remove it."],
    [{ additionalProperties: text }, { b: 1 }, "This must be text."],
    [{ not: {} }, 1, "This has a form that is not allowed."],
    [{ if: {}, then: false }, 1, "This field is not expected. Remove it."],
  ])("%j with %j", (schema, value, message) => {
    const messages = validateAgainstSchema(schema, value).map((issue) => issue.message);
    expect(messages).toContain(message);
    for (const said of messages) expect(said).not.toMatch(libraryWords);
  });

  it.each<[JsonObject, string]>([
    [{ $id: "x", $defs: { a: { $id: "x" } } }, 'two parts of it have the same "$id"'],
    [{ $id: "http://[" }, 'an "$id" or "$ref" in it is no web address'],
    [{ $id: "https://a.example/c", $defs: { a: { $id: "d", $ref: "gone" } }, $ref: "d" }, '"gone" refers to something'],
    [{ $recursiveRef: "#" }, "it refers to itself without end"],
  ])("%j cannot be used", (schema, words) => {
    for (const [issue] of [checkSchema(schema), validateAgainstSchema(schema, 1)]) {
      expect(issue?.message).toMatch(/^The schema cannot be used: .+\. (?:Correct the schema|Simplify it)\.$/);
      expect(issue?.message).toContain(words);
      expect(issue?.message.replaceAll(/"[^"]*"/g, "")).not.toMatch(libraryWords);
    }
  });
});
