import fc from "fast-check";
import { expect, it } from "vitest";
import { findInadmissible, maxDataDepth, maxDataValues, reservedNames } from "./admissible-json";

it("K19 the list holds every name of Object.prototype, and the two that lead to it", () => {
  for (const name of [...Object.getOwnPropertyNames(Object.prototype), "constructor", "prototype"])
    expect(reservedNames.has(name), name).toBe(true);
});

it("plain JSON comes in, whatever its values say", () => {
  expect(
    findInadmissible({ a: ["constructor", "__proto__", "\ud83d\ude00", null, 1.5, true], b: undefined }),
  ).toBeNull();
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      const text = JSON.stringify(value);
      const hasReserved = [...reservedNames].some((name) => text.includes(`"${name}"`));
      fc.pre(!hasReserved && !/\\u0000|\\ud[89a-f]/.test(text));
      expect(findInadmissible(JSON.parse(text))).toBeNull();
    }),
  );
});

it.each([...reservedNames])("K19 the name %s is refused, with its place", (name) => {
  const value: unknown = JSON.parse(`{"values":[{"ok":1},{${JSON.stringify(name)}:1}]}`);
  expect(findInadmissible(value)).toMatchObject({ code: "forbidden_name", path: ["values", 1, name] });
  expect(findInadmissible(JSON.parse(`{${JSON.stringify(name)}:{}}`))?.path).toEqual([name]);
});

it.each([
  ["a NUL", { a: ["x\0"] }, "invalid_text", ["a", 0]],
  ["half a surrogate pair", { a: { b: "\ud800" } }, "invalid_text", ["a", "b"]],
  ["half a surrogate pair in a name", { "a\udc00": 1 }, "invalid_text", ["a\udc00"]],
  ["a bare text", "\0", "invalid_text", []],
  ["a date", { at: new Date(0) }, "not_json", ["at"]],
  ["a map", [new Map()], "not_json", [0]],
  ["a bigint", { n: 1n }, "not_json", ["n"]],
])("%s is refused, with its place", (_, value, code, path) => {
  expect(findInadmissible(value)).toMatchObject({ code, path });
});

it("a pit is refused at the limit, without recursion", () => {
  const pit = (levels: number): unknown => JSON.parse(`${"[".repeat(levels)}${"]".repeat(levels)}`);
  expect(findInadmissible(pit(maxDataDepth))).toBeNull();
  expect(findInadmissible(pit(maxDataDepth + 1))?.code).toBe("too_deep");
  expect(findInadmissible(pit(5_000))?.code).toBe("too_deep");
});

it("H3 a megabyte of zeros is refused, however it is nested", () => {
  const zeros = Array.from({ length: maxDataValues }, () => 0);
  expect(findInadmissible(zeros.slice(1))).toBeNull();
  expect(findInadmissible({ a: { b: zeros } })).toMatchObject({ code: "too_many_values", path: ["a", "b"] });
  expect(findInadmissible(zeros.map(() => ({})))?.code).toBe("too_many_values");
  const named = Object.fromEntries(zeros.map((_, index) => [`n${String(index)}`, null]));
  expect(findInadmissible(named)?.code).toBe("too_many_values");
});
