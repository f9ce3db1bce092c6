import { describe, expect, it } from "vitest";
import { failingValues } from "./failing-values";

const given = { body: { iban: "DE00", holder: "Jane", items: [{ price: -1 }] }, path: "/pay", amount_due: 12 };

describe("the values that an error names", () => {
  it.each([
    ["a path in the message", { message: "body.iban is not an account." }, ["body.iban"]],
    ["a name in quotes", { message: 'The service answered 422: "holder" is not known' }, ["body.holder"]],
    ["a name in capitals", { message: "The service answered 400: not an IBAN" }, ["body.iban"]],
    ["a name with a sign in it", { message: "amount_due is too much" }, ["amount_due"]],
    ["a field of the answer", { message: "x", body: { errors: [{ field: "iban", why: "y" }] } }, ["body.iban"]],
    ["a JSON pointer", { message: "x", body: { pointer: "/items/0/price" } }, ["body.items.0.price"]],
    ["a list of names", { message: "x", body: { detail: [{ loc: ["items", 0, "price"] }] } }, ["body.items.0.price"]],
  ])("are found by %s", (_, error, paths) => {
    expect(failingValues(given, error).map(({ path }) => path)).toEqual(paths);
  });

  it("are none for plain words, and each is there once", () => {
    expect(failingValues(given, { message: "The path of the holder was not found." })).toEqual([]);
    expect(failingValues(given, { message: '"iban" body.iban IBAN' })).toEqual([{ path: "body.iban", value: "DE00" }]);
    expect(failingValues(null, { message: '"iban"' })).toEqual([]);
  });
});
