import { describe, expect, it } from "vitest";
import { checkExpression } from "@/core/expression/check";
import { evaluateExpression } from "@/core/expression/evaluate";
import { renderTemplate } from "@/core/expression/template";
import { testScope } from "@/core/expression/expression-scope.fixture";

const scope = testScope({ input: { x: "Ab", list: [1, 2], none: null, o: { in: 1 } } });

describe("B-24 B-25 comparing", () => {
  it.each([
    ["1 == 1.0", true],
    ["1 != 1.5", true],
    ["1 in [1.0, 2]", true],
    ["[1] == [1.0]", true],
    ["{'a': 1} == {'a': 1.0}", true],
    ["(1 == 1.0) ? 'a' : 'b'", "a"],
    ["input.missing == null", true],
    ["null != input.missing", false],
    ["input.missing.deeper == null", true],
    ["missing == null", true],
    ["input.none == null", true],
    ["input.x != null", true],
    ["input.missing == null ? 'none' : input.missing", "none"],
    ["input.x == null ? 'none' : input.x", "Ab"],
    ["input.o['in'] == 1", true],
  ])("%s", (source, value) => {
    expect(checkExpression(source, { names: "any" })).toMatchObject({ ok: true });
    expect(evaluateExpression(source, scope)).toEqual({ ok: true, value });
    expect(renderTemplate(`\${${source}}`, scope)).toEqual({ ok: true, value, warnings: [], missing: [] });
  });

  it("a missing value compared with anything else is still an error, and another problem is none of null", () => {
    expect(evaluateExpression("input.missing == 'x'", scope)).toMatchObject({ error: { code: "missing_value" } });
    expect(evaluateExpression("number(input.x) == null", scope)).toMatchObject({ error: { code: "bad_expression" } });
  });
});

describe("B-25 B-27 B-65 B-68 functions", () => {
  it.each([
    ["round(2.5)", 3],
    ["round(-2.5)", -3],
    ["round(1.005, 2)", 1.01],
    ["round(1234.5, -2)", 1200],
    ["round(1e21, 2)", 1e21],
    ["round(-0.2)", 0],
    ["floor(-1.5)", -2],
    ["ceil(-1.5)", -1],
    ["abs(number('-3'))", 3],
    ["replace('a.b.c', '.', '')", "abc"],
    ["'a.b.c'.replace('.', '-')", "a-b-c"],
    ["matches('abc', '^a.c$')", true],
    ["input.x.matches('(?i)^AB$')", true],
    ["input.x.matches('^AB$')", false],
    ["input.list.join('-')", "1-2"],
    ["[1, 'a', null].join(',')", "1,a,"],
  ])("%s", (source, value) => {
    expect(evaluateExpression(source, scope)).toEqual({ ok: true, value });
  });

  it("counts the characters of a long text", () => {
    const long = testScope({ trigger: { text: "x".repeat(4_000_000) } });
    expect(evaluateExpression("size(trigger.text)", long)).toEqual({ ok: true, value: 4_000_000 });
  });

  it("format says that it does not fill %s", () => {
    expect(evaluateExpression("format('%s', ['a'])", scope)).toMatchObject({
      error: { message: expect.stringContaining("{0}") },
    });
  });
});
