import { describe, expect, it } from "vitest";
import { checkExpression } from "@/core/expression/check";
import { contextNames } from "@/core/expression/scope";
import { expressionReferences, templateReferences } from "@/core/expression/references";

const names = [...contextNames, "current_plan", "product"];

describe("checkExpression", () => {
  it.each([
    ["current_plan != 'enterprise'", "bool"],
    ["product.cost * 2 > vars.limit", "bool"],
    ["step.kyc.output.ktpBundle.verdict", "dyn"],
    ["input.?products.orValue(step.low.output.products)", "dyn"],
    ["trigger.items.map(i, i.price).filter(p, p > 1)", "list"],
    ["type(1) == int", "bool"],
  ])("%s is fine", (source, type) => {
    expect(checkExpression(source, { names })).toEqual({ ok: true, type });
  });

  it.each([
    ["curent_plan == 'x'", "Did you mean `current_plan`"],
    ["zebra", "not known here"],
    ["i.price", "`i` is not known"],
    ["shout(trigger)", "no function `shout`"],
    ["1 + 'a'", "a number and text"],
    ["a ==", "cannot be read"],
    ["'open", "cannot be read"],
    ["for", "cannot be read"],
  ])("%s is refused", (source, words) => {
    expect(checkExpression(source, { names })).toMatchObject({ ok: false, message: expect.stringContaining(words) });
  });

  it("accepts any name when the list is open, and JSON-logic", () => {
    expect(checkExpression("zebra > 1", { names: "any" })).toMatchObject({ ok: true });
    expect(checkExpression({ "==": [{ var: "current_plan" }, 1] }, { names })).toEqual({ ok: true, type: "bool" });
    expect(checkExpression({ "==": [{ var: "zebra" }, 1] }, { names })).toMatchObject({ ok: false });
    expect(checkExpression({ nope: [] }, { names })).toMatchObject({
      ok: false,
      message: expect.stringContaining('"nope"'),
    });
  });
});

describe("references", () => {
  it.each([
    ["step.kyc.output.x + step['b'].output + step.?c", ["kyc", "b", "c"], ["step"]],
    ["items.map(i, i.price + q)[0] + size(trigger.x)", [], ["items", "q", "trigger"]],
    ["items.filter(i, i.ok).map(j, step.a.output[j])", ["a"], ["items", "step"]],
    ["cel.bind(x, trigger.y, x + z)", [], ["trigger", "z"]],
    ["xs.exists(step, step.fake == 1)", [], ["xs"]],
    ["has(step.a.output.b) ? default(step.b.output.c, [input.d]) : {'k': e}", ["a", "b"], ["step", "input", "e"]],
    ["type(x) == string && optional.of(y).hasValue()", [], ["x", "y"]],
    ["1 +", [], []],
  ])("%s", (source, steps, found) => {
    expect(expressionReferences(source)).toMatchObject({ steps, names: found });
  });

  it("finds what is read of each step", () => {
    expect(expressionReferences("step.a.output.x + step['b']['error'].?status.orValue(0) + step.?c").parts).toEqual([
      { step: "a", part: "output" },
      { step: "b", part: "error" },
    ]);
  });

  it("finds the templates of a whole value and of JSON-logic", () => {
    expect(
      templateReferences({
        a: "x ${step.one.output} $${step.not.output}",
        b: ["${step.two.status}", 3, { c: "${contact.name}" }],
      }),
    ).toMatchObject({ steps: ["one", "two"], names: ["step", "contact"] });
    expect(expressionReferences({ "==": [{ var: "step.one.output.v" }, 1] })).toMatchObject({
      steps: ["one"],
      names: ["step"],
    });
  });
});
