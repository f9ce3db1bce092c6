import { expect, it } from "vitest";
import { shownAmounts } from "./amounts";

const shown = (label: string, value: string) => shownAmounts([{ label, value }], []);

it.each([
  ["Amount", "$42.60", [{ amount: 42.6, currency: "USD" }]],
  ["What it is about", "EUR 1,234.50", [{ amount: 1234.5, currency: "EUR" }]],
  ["To pay", "1200 EUR", [{ amount: 1200, currency: "EUR" }]],
  ["Refund", "-£5", [{ amount: 5, currency: "GBP" }]],
  ["Refund", "£-5", [{ amount: 5, currency: "GBP" }]],
  ["Customer", "Jane", []],
  ["Seats", "12", []],
  ["Weight", "12 kg", []],
])("%s: %s is read with its currency, and what is no money is none", (label, value, amounts) => {
  expect(shown(label, value)).toEqual(amounts);
});

it("what is called an amount and has no currency, or can be read in two ways, is an amount that no limit covers", () => {
  for (const value of ["999", "1.234", "€1,5", "about 30"])
    expect(shown("Amount", value), value).toMatchObject([{ currency: null }]);
});

it("of what the run was given, the currency beside an amount is its own", () => {
  const facts = [
    { path: "input.amount", value: 50 },
    { path: "input.currency", value: "eur" },
    { path: "input.order", value: 12 },
  ];
  expect(shownAmounts([], facts)).toEqual([{ amount: 50, currency: "EUR" }]);
  expect(shownAmounts([], facts.slice(0, 1))).toEqual([{ amount: 50, currency: null }]);
});
