import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { moneyWords, readMoney, sumMoney } from "./card-money";

describe("the money of a card", () => {
  it.each([
    ["$42.60/mo prorated", "USD", "42.60"],
    ["USD 42.6/mo prorated", "USD", "42.6"],
    ["$1,200", "USD", "1200"],
    ["Rp 4.500.000", "IDR", "4500000"],
    ["Rp4.500", "IDR", "4500"],
    ["1.234,50 €", "EUR", "1234.50"],
    ["1 234,5 EUR", "EUR", "1234.5"],
    ["-$3.00", "USD", "-3.00"],
    ["USD -3", "USD", "-3"],
    ["42", "", "42"],
    ["1.125 USD", "USD", "1.125"],
  ])("in “%s” is read, whichever way its figures are parted", (text, currency, amount) => {
    expect(readMoney(text)).toEqual({ currency, amount });
  });

  it.each(["", "none", "1,2,3", "12 34", "1234567890123456789", "1.23456"])(
    "in “%s” cannot be told, so it is none",
    (text) => {
      expect(readMoney(text)).toBeNull();
    },
  );

  it("is read back from how it is written, in both ways of parting", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), fc.constantFrom("en", "de"), (cents, language) => {
        const text = (cents / 100).toLocaleString(language, { style: "currency", currency: "EUR" });
        expect(Number(readMoney(text)?.amount)).toBe(cents / 100);
      }),
    );
  });

  it("is added up by currency, exactly", () => {
    const all = [
      { currency: "USD", amount: "0.1" },
      { currency: "USD", amount: "0.2" },
      { currency: "", amount: "7" },
      { currency: "USD", amount: "-0.05" },
    ];
    expect(sumMoney(all)).toEqual([
      { currency: "USD", amount: "0.25" },
      { currency: "", amount: "7" },
    ]);
    expect(sumMoney([{ currency: "USD", amount: "3410.00" }]).map(moneyWords)).toEqual(["$3,410.00"]);
    expect(moneyWords({ currency: "", amount: "3410.5" })).toBe("3,410.5");
  });
});
