import { describe, expect, it } from "vitest";
import type { Json } from "@/core/json";
import { evaluateExpression } from "@/core/expression/evaluate";
import { testScope } from "@/core/expression/expression-scope.fixture";

const scope = testScope({
  input: { n: 5, name: "Sari", tags: ["vip"], "odd key": 1, zero: 0, lines: [{ n: 1 }, { n: 3 }] },
});

describe("F-24 JSON-logic", () => {
  it("B-48 nothing is converted before it is compared, unless it is made a number", () => {
    expect(evaluateExpression({ "==": [1, "1"] }, scope)).toEqual({ ok: true, value: false });
    expect(evaluateExpression({ "==": [{ "+": ["1"] }, 1] }, scope)).toEqual({ ok: true, value: true });
  });

  it.each<[Json, Json]>([
    [{ "==": [{ var: "name" }, "Sari"] }, true],
    [{ "===": [{ var: "n" }, "5"] }, false],
    [{ "!=": [{ var: "n" }, 5] }, false],
    [{ "!==": [{ var: "n" }, 4] }, true],
    [{ "<": [1, { var: "n" }, 10] }, true],
    [{ "<=": [{ var: "n" }, 5] }, true],
    [{ ">": [{ var: "n" }, 5] }, false],
    [{ ">=": [{ var: "trigger.amount" }, 5] }, true],
    [{ and: [{ var: "n" }, { "!": [{ var: "zero" }] }] }, true],
    [{ or: [{ var: "zero" }, { var: "missing" }] }, false],
    [{ "!!": [{ var: "tags" }] }, true],
    [{ "!": [] }, true],
    [{ in: ["vip", { var: "tags" }] }, true],
    [{ in: ["ari", { var: "name" }] }, true],
    [{ if: [{ ">": [{ var: "n" }, 10] }, "big", { ">": [{ var: "n" }, 3] }, "medium", "small"] }, "medium"],
    [{ "+": [1, "2", { var: "n" }] }, 8],
    [{ "-": [{ var: "n" }] }, -5],
    [{ "-": [{ var: "n" }, 7] }, -2],
    [{ "*": [2, 3, 4] }, 24],
    [{ "/": [{ var: "n" }, 2] }, 2.5],
    [{ "%": [{ var: "n" }, 2] }, 1],
    [{ var: ["missing", "fallback"] }, "fallback"],
    [{ var: "missing.deeper" }, null],
    [{ var: "tags.0" }, "vip"],
    [{ var: "input.odd key" }, 1],
    [{ var: "odd key" }, 1],
    [{ missing: ["n", "nope", "name.first"] }, ["nope", "name.first"]],
    [{ map: [{ var: "lines" }, { "*": [{ var: "n" }, 2] }] }, [2, 6]],
    [{ filter: [{ var: "lines" }, { ">": [{ var: "n" }, 2] }] }, [{ n: 3 }]],
    [{ map: [[1, 2], { "+": [{ var: "" }, 1] }] }, [2, 3]],
    [{ some: [{ var: "lines" }, { "==": [{ var: "n" }, 3] }] }, true],
    [{ none: [{ var: "lines" }, { "==": [{ var: "n" }, 3] }] }, false],
    [{ all: [{ var: "lines" }, { ">": [{ var: "n" }, 0] }] }, true],
    [{ all: [[], true] }, false],
    [{ some: [{ var: "nothing" }, true] }, false],
    [{ max: [1, { var: "n" }, 3] }, 5],
    [{ min: [1, { var: "n" }, 3] }, 1],
    [{ cat: ["I am ", { var: "name" }, " ", { var: "n" }] }, "I am Sari 5"],
    [{ substr: ["jsonlogic", -5] }, "logic"],
    [{ substr: ["jsonlogic", 1, 3] }, "son"],
    [{ substr: ["jsonlogic", 4, -2] }, "log"],
    [{ merge: [[1, 2], 3, [4]] }, [1, 2, 3, 4]],
    [{ "==": [{ var: "name" }, 'it\'s "quoted" \\ \n'] }, false],
  ])("%j", (logic, value) => {
    expect(evaluateExpression(logic, scope)).toEqual({ ok: true, value });
  });

  it.each<[Json, string]>([
    [{ log: ["x"] }, '"log" is not supported'],
    [{ reduce: [[], 1, 0] }, "sum(items.map(x, x.price))"],
    [{ missing_some: [1, ["a", "b"]] }, "has(input.email)"],
    [{ toString: [] }, '"toString" is not supported'],
    [{ "==": [1, 1], "!=": [1, 2] }, "exactly one key"],
    [{}, "exactly one key"],
    [{ "==": [1] }, "needs more arguments"],
    [{ var: {} }, "needs a path"],
  ])("%j is refused with a sentence", (logic, words) => {
    expect(evaluateExpression(logic, scope)).toMatchObject({
      ok: false,
      error: { code: "bad_expression", message: expect.stringContaining(words) },
    });
  });

  it("text cannot break out of its quotes", () => {
    expect(evaluateExpression({ "==": ['") || true || ("', "x"] }, scope)).toEqual({ ok: true, value: false });
    expect(evaluateExpression({ var: 'name"] || true || input["name' }, scope)).toEqual({ ok: true, value: null });
  });
});
