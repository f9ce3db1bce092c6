import fc from "fast-check";
import { describe, expect, it } from "vitest";
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

  it("shortens the text for patterns that try every split", () => {
    const linear = screenPattern("^a+$");
    const cubic = screenPattern("^a*a*b$");
    expect(linear.ok && cubic.ok && cubic.maxTextLength < linear.maxTextLength).toBe(true);
  });

  it("never throws on any text", () => {
    fc.assert(fc.property(fc.string(), (source) => typeof screenPattern(source).ok === "boolean"));
  });
});
