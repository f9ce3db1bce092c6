import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "@/core/json";
import { cellFits, cellOf, decide } from "./decide";
import { refuses } from "./document";
import { readValue } from "./read-value";
import { amount, anyDocument, asks, heads, project, readable, site, spend, unreadable } from "./rules.testkit";
import { ruleSentence } from "./words";

const who = (values: JsonObject): string => {
  const { outcome } = decide(spend, values);
  return refuses(outcome) ? "nobody" : outcome.assignTo.join(" ");
};

describe("row 26 a table says who decides", () => {
  it("the first row that fits decides, and says why in the words of its columns", () => {
    expect(who({ amount: "€1,000.00", site: "Paris" })).toBe("role:lead");
    expect(who({ amount: "1000.01 EUR", site: "Lyon" })).toBe("role:manager");
    const { row, because } = decide(spend, { amount: "EUR 12000", site: " lyon" });
    expect({ row, because }).toEqual({ row: 2, because: ["Amount over €10,000", "Site Lyon"] });
    expect(ruleSentence({ name: "Spend", version: 3, row, because })).toBe(
      "Asked by the rule “Spend”, version 3: amount over €10,000 and site Lyon",
    );
  });

  it("limits count without the sign, and in their own currency alone", () => {
    expect(who({ amount: "-12000 EUR", site: "Lyon" })).toBe("role:manager role:finance");
    expect(who({ amount: { amount: -500, currency: "eur" }, site: "Lyon" })).toBe("role:lead");
    const others: Json[] = ["500 USD", "$500", 500, "500", { amount: 500, currency: "USD" }, { amount: 500 }];
    for (const value of others) expect(who({ amount: value, site: "Lyon" }), JSON.stringify(value)).toBe("role:owner");
  });

  it("what cannot be told never goes to whoever may decide less, but to the last row, which says why", () => {
    for (const value of [null, "", "a lot", "1.234 EUR", "€12k", "1e308 EUR", [500], NaN, true])
      expect(decide(spend, { amount: value, site: "Lyon" }), String(value)).toEqual({
        row: null,
        outcome: spend.otherwise,
        because: ["Amount is no amount in EUR that can be told"],
      });
    expect(decide(spend, { amount: "20000 EUR", site: "Rome" })).toMatchObject({
      row: null,
      because: ["Site is none of the choices"],
    });
  });

  it("a row that another column rules out needs no value of the rest", () => {
    expect(who({ amount: "500 EUR" })).toBe("role:lead");
    expect(decide(spend, { site: "Paris" })).toMatchObject({ row: null });
  });

  it("names of what every object has are no values", () => {
    const document = { ...spend, questions: [{ ...project, name: "constructor" }], rows: [asks("role:a")] };
    expect(decide(document, {}).row).toBe(1);
    const limited = [asks("role:a", { constructor: { is: "none_of" as const, values: ["x"] } })];
    expect(decide({ ...document, rows: limited }, {}).row).toBeNull();
  });

  it("numbers, texts and choices are read as people write them, and nothing else is", () => {
    expect([12, "12", "-12.5", "1,200", "0.125"].map((value) => readValue(heads, value))).toEqual([
      12, 12, -12.5, 1200, 0.125,
    ]);
    expect(["12 EUR", "1.2.3", "", null, NaN, Infinity, [1]].map((value) => readValue(heads, value))).toEqual(
      Array(7).fill(null),
    );
    expect(["  Two\u00a0 words ", 42, true, "🚀"].map((value) => readValue(project, value))).toEqual([
      "two words",
      "42",
      "true",
      "🚀",
    ]);
    expect([" ", {}, null, "x".repeat(2000)].map((value) => readValue(project, value))).toEqual(Array(4).fill(null));
    expect(["LYON", "Rome"].map((value) => readValue(site, value))).toEqual(["lyon", null]);
    expect(readValue(amount, "999999999999.99 EUR")).toBe(999_999_999_999.99);
  });
});

const anyValue = (good: fc.Arbitrary<Json>): fc.Arbitrary<Json | undefined> =>
  fc.oneof({ weight: 4, arbitrary: good }, { weight: 1, arbitrary: unreadable });
const anyValues = fc
  .record({
    amount: anyValue(readable.amount),
    heads: anyValue(readable.heads),
    site: anyValue(readable.site),
    project: anyValue(readable.project),
  })
  .map((values): JsonObject =>
    Object.fromEntries(Object.entries(values).filter((entry): entry is [string, Json] => entry[1] !== undefined)),
  );

describe("of any table", () => {
  it("every request meets exactly one row: the first of which each cell fits, with none before it that cannot be told", () => {
    fc.assert(
      fc.property(anyDocument, anyValues, (document, values) => {
        const verdicts = document.rows.map((row) => {
          const all = document.questions.flatMap((question) => {
            const cell = cellOf(row, question);
            if (cell === null) return [];
            const value = readValue(question, values[question.name]);
            return [value === null ? "unknown" : cellFits(cell, value) ? "fits" : "not"];
          });
          return all.includes("not") ? "not" : all.includes("unknown") ? "unknown" : "fits";
        });
        const at = verdicts.findIndex((verdict) => verdict !== "not");
        const decision = decide(document, values);
        expect(decision.row).toBe(verdicts[at] === "fits" ? at + 1 : null);
        expect(decision.outcome).toBe(decision.row === null ? document.otherwise : document.rows[at]);
      }),
    );
  });

  it("a value that cannot be told never changes the row to one below: it stays, or the last row decides", () => {
    fc.assert(
      fc.property(
        anyDocument,
        anyValues,
        fc.constantFrom("amount", "heads", "site", "project"),
        (document, values, name) => {
          const told = decide(document, values).row;
          const lost = decide(document, { ...values, [name]: null }).row;
          expect(lost === null || lost === told).toBe(true);
        },
      ),
    );
  });

  it("the order of rows matters: a row that fits everything and is put first decides", () => {
    fc.assert(
      fc.property(anyDocument, anyValues, (document, values) => {
        const rows = [asks("role:first"), ...document.rows];
        expect(decide({ ...document, rows }, values).outcome).toBe(rows[0]);
      }),
    );
  });
});
