import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInstant } from "./instant";

describe("K10 one reader of times", () => {
  it.each([
    ["2027-01-31", "2027-01-31T00:00:00.000Z"],
    ["2028-02-29", "2028-02-29T00:00:00.000Z"],
    ["2027-01-31 09:30", "2027-01-31T09:30:00.000Z"],
    ["2027-01-31T09:30:15.5Z", "2027-01-31T09:30:15.500Z"],
    ["2027-01-31T09:30:15,123456789+05:45", "2027-01-31T03:45:15.123Z"],
    ["2027-01-31T09:30:15-0300", "2027-01-31T12:30:15.000Z"],
    ["2027-01-31T09:30:15+07", "2027-01-31T02:30:15.000Z"],
    ["0099-01-01", "0099-01-01T00:00:00.000Z"],
  ])("%s", (text, iso) => {
    const at = parseInstant(text);
    expect(at === null ? null : new Date(at).toISOString()).toBe(iso);
  });

  it.each(
    "2027-02-30 2027-02-29 2027-13-01 2027-00-10 2027-01-00 2027-1-1 2027-01-31T24:00 2027-01-31T09:60 2027-01-31T9:00 2027-01-31T09:00+25:00 31.01.2027 01/02/2027 tomorrow 2027".split(
      " ",
    ),
  )("%s is no time", (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it("reads back whatever a clock writes", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("2999-12-31"), noInvalidDate: true }), (date) => {
        expect(parseInstant(date.toISOString())).toBe(date.getTime());
      }),
    );
  });
});
