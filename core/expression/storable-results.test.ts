import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateExpression } from "@/core/expression/evaluate";
import { renderTemplate } from "@/core/expression/template";
import { testScope } from "@/core/expression/expression-scope.fixture";
import type { JsonObject } from "@/core/json";
import { awkwardText, textExpressions } from "./awkward-text.testkit";

/** As PostgreSQL reads it: `JSON.stringify` writes NUL and lone halves as escapes, and those are refused. */
function isStorable(value: unknown): boolean {
  return !/\\u0000|\\ud[89a-f]/i.test(JSON.stringify(value).replaceAll("\\\\", ""));
}

const data: fc.Arbitrary<JsonObject> = fc.record({
  a: awkwardText,
  b: awkwardText,
  n: fc.integer({ min: 0, max: 6 }),
  m: fc.dictionary(awkwardText, awkwardText, { maxKeys: 3 }),
});

describe("3.4 what an expression gives can always be stored", () => {
  it("for every function over every text", () => {
    fc.assert(
      fc.property(data, fc.constantFrom(...textExpressions), (trigger, source) => {
        const result = evaluateExpression(source, testScope({ trigger }));
        expect(isStorable(result)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("for templates, what stands around them, keys and warnings", () => {
    fc.assert(
      fc.property(data, awkwardText, fc.constantFrom(...textExpressions), (trigger, around, source) => {
        const written = around.replaceAll("$", "");
        const value = {
          [written]: `${written}\${${source}}${written}`,
          whole: `\${${source}}`,
          no: "${trigger.absent}",
        };
        for (const forUrl of [false, true])
          expect(isStorable(renderTemplate(value, testScope({ trigger }), { forUrl }))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("leaving out a NUL makes no unsafe key", () => {
    const made = renderTemplate({ "__pro\u0000to__": { polluted: true }, "con\u0000structor": 1 }, testScope());
    expect(made).toMatchObject({ ok: true, value: {} });
    expect(evaluateExpression("{'__pro' + '\\u0000' + 'to__': 1}", testScope())).toEqual({ ok: true, value: {} });
  });
});

describe("3.4 characters are not cut apart", () => {
  const scope = testScope({ trigger: { name: "😀Ana", flag: "a😀b" } });
  it.each([
    ["trigger.name.substring(0, 1)", "😀"],
    ["trigger.name.substring(1)", "Ana"],
    ["trigger.name.substring(1, 99)", "Ana"],
    ["split(trigger.name, '')", ["😀", "A", "n", "a"]],
    ["trigger.name.split('')", ["😀", "A", "n", "a"]],
    ["trigger.flag.split('', 2)", ["a", "😀b"]],
    ["'a,b,c'.split(',', 2)", ["a", "b,c"]],
    ["trigger.flag.indexOf('b')", 2],
    ["trigger.flag.indexOf('b', 2)", 2],
    ["trigger.flag.indexOf('a', 1)", -1],
    ["trigger.flag.lastIndexOf('b')", 2],
    ["trigger.flag.substring(trigger.flag.indexOf('b'))", "b"],
    ["size(trigger.flag)", 3],
    ["'abc'.substring(1, 2)", "b"],
  ])("%s", (source, value) => {
    expect(evaluateExpression(source, scope)).toEqual({ ok: true, value });
  });
});
