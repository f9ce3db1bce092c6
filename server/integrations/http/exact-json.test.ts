import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExactJson } from "./exact-json";

describe("K3 numbers that JSON.parse cannot hold", () => {
  it.each([
    ["9007199254740993", "9007199254740993"],
    ["-8202522731445525542", "-8202522731445525542"],
    ["12345678901234567890.5", "12345678901234567890.5"],
    ["0.12345678901234567890123", "0.12345678901234567890123"],
    ["1e-400", "1e-400"],
    ["9007199254740992", 9007199254740992],
    ["9007199254740991", 9007199254740991],
    ["1e21", 1e21],
    ["1.50", 1.5],
    ["0.1", 0.1],
    ["0.30000000000000004", 0.30000000000000004],
    ["36.600000000000001", 36.6],
    ["-0", -0],
    ["0.000", 0],
    ["5e-324", 5e-324],
  ])("%s", (written, value) => {
    expect(parseExactJson(`{"v":[${written}]}`)).toMatchObject({
      ok: true,
      value: { v: [value] },
      kept: typeof value === "string" ? ["v[0]"] : [],
    });
  });

  it("refuses what no number can be, with its path", () => {
    expect(parseExactJson('{"a":[0,{"b":-1e400}]}')).toMatchObject({
      ok: false,
      code: "number_too_large",
      message: expect.stringContaining("at a[1].b") as string,
    });
  });

  it("touches nothing else: names of the prototype, repeated keys, texts with digits", () => {
    const text =
      '{"__proto__":{"x":1},"constructor":9007199254740993,"a":1,"a":"123456789012345678901","t":"\\"1e400\\" 1e999"}';
    const parsed = parseExactJson(text);
    expect(parsed).toMatchObject({ ok: true, kept: ["constructor"] });
    const value = parsed.ok ? (parsed.value as Record<string, unknown>) : {};
    expect(Object.keys(value)).toEqual(["__proto__", "constructor", "a", "t"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(value).toMatchObject({ a: "123456789012345678901", t: '"1e400" 1e999' });
  });

  it("is JSON.parse for everything that a double holds", () => {
    fc.assert(
      fc.property(fc.json(), fc.double({ noNaN: true, noDefaultInfinity: true }), (text, number) => {
        const whole = `{"x":${text},"n":${JSON.stringify(number)},"big":1e300}`;
        expect(parseExactJson(whole)).toEqual({ ok: true, value: JSON.parse(whole) as unknown, kept: [] });
      }),
    );
  });
});
