import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { fillDefaults } from "@/core/schema/fill-defaults";
import { screenPattern } from "@/core/schema/safe-pattern";
import { checkSchema, validateAgainstSchema } from "@/core/schema/validate-input";

describe("K6 patterns with backslashes that need not be there", () => {
  it.each([
    ["^[A-Z]{2}\\-\\d{4}$", "AT-1234", "AT\\-1234"],
    ["^\\@[\\w\\-\\_]+\\ \\#$", "@a-_ #", "@a"],
    ["^a\\{2\\,3\\}$", "a{2,3}", "aa"],
  ])("%s", (pattern, fits, misfits) => {
    const withPattern = { properties: { a: { pattern } } };
    expect(new RegExp(pattern).test(fits) && !new RegExp(pattern).test(misfits)).toBe(true);
    expect(checkSchema(withPattern)).toEqual([]);
    expect(validateAgainstSchema(withPattern, { a: fits })).toEqual([]);
    expect(validateAgainstSchema(withPattern, { a: misfits })).toMatchObject([{ path: "a" }]);
    expect(validateAgainstSchema({ patternProperties: { [pattern]: false } }, { [fits]: 1 })).toHaveLength(1);
  });

  it.each(["(\\-+)+$", "(\\:+\\:+)+y"])("still refuses %s", (source) => {
    expect(screenPattern(source)).toMatchObject({ ok: false, message: expect.stringContaining("several ways") });
  });

  it("says in words what is wrong", () => {
    expect(screenPattern("^a{2\\,3}$")).toMatchObject({ message: expect.stringContaining('"{" that is not closed') });
    expect(screenPattern("(")).toMatchObject({ message: expect.stringContaining('"(" that is not closed') });
    expect(screenPattern("\\y")).toMatchObject({ message: expect.stringContaining("backslash before a letter") });
  });
});

describe("screenPattern", () => {
  it.each([
    "^[^@\\s]+@[^@\\s]+$",
    "^[\\w.-]+@([\\w-]+\\.)+[\\w-]{2,}$",
    "^\\+?\\d{8,15}$",
    "\\d+",
    "^(\\d{3}-)?\\d+$",
    "(?:ab|cd)*",
    "^[A-Z]+-[0-9]+$",
    "^(foo|bar)$",
    "^\\d{5}(-\\d{4})?$",
    "",
  ])("allows %s", (source) => {
    expect(screenPattern(source).ok).toBe(true);
  });

  it.each([
    "(a+)+$",
    "(a|aa)+$",
    "(a|a)*b",
    "(x+x+)+y",
    "(.*a){20}",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(a?){30}a{30}",
    "(a)\\1",
    "(?<n>a)\\k<n>",
    "(",
    ".*".repeat(8) + "x",
    "a".repeat(501),
  ])("refuses %s", (source) => {
    expect(screenPattern(source)).toMatchObject({ ok: false });
  });

  it("shortens the names that may be tried on patterns that try every split", () => {
    const length = (source: string) => {
      const screen = screenPattern(source);
      return screen.ok ? screen.maxNameLength : 0;
    };
    expect(length("^a*a*b$")).toBeLessThan(length("^a+$"));
    expect(length("^a{0,63}a{0,63}a{0,63}a{0,63}a{0,63}a{0,63}$")).toBe(0);
    expect(length("^[a-z]{1,20}-[0-9]{1,5}$")).toBeGreaterThan(1_000);
  });

  it("never throws on any text", () => {
    fc.assert(fc.property(fc.string(), (source) => typeof screenPattern(source).ok === "boolean"));
  });
});

describe("H6 a pattern that would run for days", () => {
  const pattern = "^a{0,63}a{0,63}a{0,63}a{0,63}a{0,63}a{0,63}a{0,63}a{0,63}a{0,63}a{0,63}a{0,63}a{0,63}$";

  it("is checked at once on a text", () => {
    const schema = { properties: { a: { type: "string", pattern } } };
    expect(checkSchema(schema)).toEqual([]);
    expect(validateAgainstSchema(schema, { a: `${"a".repeat(65)}!` })).toEqual([
      { path: "a", message: `This does not have the expected form (${pattern}).` },
    ]);
    expect(validateAgainstSchema(schema, { a: "a".repeat(65) })).toEqual([]);
  });

  it("is not tried on the names of fields", () => {
    expect(validateAgainstSchema({ patternProperties: { [pattern]: false } }, { aaa: 1 })).toMatchObject([
      { path: "aaa", message: expect.stringContaining("too long") },
    ]);
  });

  it("is asked inside alternatives, and beside other conditions, like any", () => {
    const either: JsonObject = { anyOf: [{ pattern: "^a+$" }, { pattern: "^b+$", maxLength: 2 }] };
    expect(["aa", "bb"].flatMap((text) => validateAgainstSchema(either, text))).toEqual([]);
    expect(["bbb", "ab"].map((text) => validateAgainstSchema(either, text).length)).toEqual([1, 1]);
    expect(validateAgainstSchema({ format: "email", pattern: "x$" }, "a@b.co")).toHaveLength(1);
  });
});

/** `levels` schemas, each of which asks for the next one twice. */
function doubling(levels: number): JsonObject {
  const named = Array.from({ length: levels }, (_, level): [string, JsonObject] => {
    const next = { $ref: `#/$defs/d${String(level + 1)}` };
    return [`d${String(level)}`, { allOf: [next, next] }];
  });
  return { $defs: Object.fromEntries([...named, [`d${String(levels)}`, { minLength: 0 }]]), $ref: "#/$defs/d0" };
}

describe("H4 a schema that doubles with every level", () => {
  it("cannot be published", () => {
    expect(checkSchema(doubling(5))).toEqual([]);
    expect(checkSchema(doubling(60))).toMatchObject([{ message: expect.stringContaining("more checks than") }]);
  });

  it("is given up, with what to do", () => {
    expect(validateAgainstSchema(doubling(60), "x")).toMatchObject([
      { path: "", message: expect.stringContaining("too much to check") },
    ]);
    expect(validateAgainstSchema(doubling(5), "x")).toEqual([]);
  });

  it("does not cost a budget for each of its defaults", () => {
    const properties = Object.fromEntries(
      Array.from({ length: 200 }, (_, at) => [`p${String(at)}`, { $ref: "#/$defs/d0", default: "x" }]),
    );
    const { $defs } = doubling(60);
    expect(fillDefaults({ $defs: $defs ?? {}, properties }, {})).toEqual({});
  });
});
