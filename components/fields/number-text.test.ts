import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readNumber, showNumber } from "./number-text";

describe("K15 numbers as people write them", () => {
  it.each<[string, string, number]>([
    ["1,5", "de-AT", 1.5],
    ["1.234,50", "de-DE", 1234.5],
    ["1.234", "de-DE", 1234],
    ["1,234.50", "en-US", 1234.5],
    ["1.5", "en-US", 1.5],
    ["−3", "en-US", -3],
    ["1 234,5", "fr-FR", 1234.5],
    ["1'234.5", "de-CH", 1234.5],
    [" 007 ", "en", 7],
    [",5", "de", 0.5],
    ["0.1", "en", 0.1],
    ["-0", "en", 0],
  ])("%s in %s", (text, locale, value) => {
    expect(readNumber(text, locale)).toEqual({ ok: true, value });
  });

  it.each([
    ["1,5", "en-US"],
    ["1.5", "de-DE"],
    ["1.2345", "de-DE"],
    ["0x1F", "en"],
    ["1e3", "en"],
    ["Infinity", "en"],
    ["NaN", "en"],
    ["1.2.3", "en"],
    ["-", "en"],
    [".", "en"],
    ["12 monkeys", "en"],
    ["9007199254740993", "en"],
    ["9".repeat(400), "en"],
  ])("refuses %s in %s with a sentence", (text, locale) => {
    expect(readNumber(text, locale)).toEqual({ ok: false, problem: expect.stringMatching(/^[A-Z].+\.$/) });
  });

  it("reads back what it shows, whatever the number", () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0));
    fc.assert(
      fc.property(number, fc.constantFrom("en-US", "de-DE", "fr-FR", "de-CH", "en-IN"), (value, locale) => {
        expect(readNumber(showNumber(value, locale), locale)).toEqual({ ok: true, value });
      }),
    );
  });
});
