import { describe, expect, it } from "vitest";
import { evaluateExpression } from "@/core/expression/evaluate";
import { renderTemplate } from "@/core/expression/template";
import { testScope } from "@/core/expression/expression-scope.fixture";
import type { Json } from "@/core/json";

const hostile: Json = JSON.parse(
  '{"email":"a@acme.com","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"nested":{"constructor":"text","kept":1},"nulled":{"constructor":null,"kept":2}}',
);
const scope = testScope({ trigger: hostile });

describe("the prototype chain", () => {
  it.each([
    "trigger.__proto__",
    "trigger['__proto__']",
    "trigger.constructor",
    "trigger['constructor']",
    "trigger.constructor.constructor('return 1')()",
    "trigger.nested.constructor",
    "trigger['proto' + 'type']",
    "constructor",
    "toString",
    "hasOwnProperty",
    "''.constructor",
    "[].constructor",
    "{}.constructor",
    "trigger.email.__proto__",
    "env.now.constructor",
    "env.constructor",
    "step.constructor",
    "trigger.items.map(x, x.constructor)",
  ])("%s gives nothing", (source) => {
    expect(evaluateExpression(source, scope).ok).toBe(false);
  });

  it.each<[string, Json]>([
    ["trigger.email", "a@acme.com"],
    ["trigger.nested.kept + trigger.nulled.kept", 3],
    ["trigger.?nested.orValue('none')", { kept: 1 }],
    ["has(trigger.nested.kept)", true],
    ["trigger.nested", { kept: 1 }],
  ])("a payload with such keys does not disturb its neighbours: %s", (source, value) => {
    expect(evaluateExpression(source, scope)).toEqual({ ok: true, value });
  });

  it("stays as it was after hostile payloads, literals and bytes", () => {
    evaluateExpression("trigger", scope);
    evaluateExpression("{'__proto__': {'polluted': true}, 'constructor': {'prototype': {'polluted': true}}}", scope);
    evaluateExpression(`b'{"__proto__": {"polluted": true}}'.json()`, scope);
    renderTemplate(
      JSON.parse('{"__proto__":{"polluted":"${trigger.email}"},"constructor":{"prototype":{"polluted":1}}}'),
      scope,
    );
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it("is not in results either", () => {
    expect(evaluateExpression("{'__proto__': 1, 'constructor': 2, 'a': 3}", scope)).toEqual({
      ok: true,
      value: { a: 3 },
    });
  });
});

describe("limits", () => {
  const big = testScope({
    trigger: {
      list: Array.from({ length: 2000 }, (_, index) => index),
      text: "a".repeat(900_000),
      rows: Array.from({ length: 3000 }, (_, index) => ({ id: index })),
      deep: JSON.parse("[".repeat(5000) + "]".repeat(5000)),
    },
  });

  it.each([
    ["source too long", `'${"a".repeat(10_000)}'`],
    ["too many nodes", `1${"+1".repeat(3000)}`],
    ["nested too deeply", `${"(".repeat(500)}1${")".repeat(500)}`],
    ["many signs", `${"!".repeat(9000)}true`],
    ["nested map", "trigger.list.map(a, trigger.list.map(b, trigger.list.map(c, a + b + c)))"],
    ["nested all", "trigger.list.all(a, trigger.list.all(b, a == -1 || b >= 0))"],
    [
      "errors that quantifiers swallow",
      "trigger.list.exists(a, trigger.list.exists(b, trigger.list.exists(c, a.x.y)))",
    ],
    ["errors that default swallows", "trigger.list.map(a, trigger.list.map(b, default(b.x, 0)))"],
    ["splitting into characters", "trigger.text.split('')"],
    ["searching", "trigger.text.contains(trigger.text.substring(1) + 'b')"],
    ["repeating a large text", "trigger.list.map(x, trigger.text)"],
    ["doubling a text", "trigger.text + trigger.text"],
    ["doubling a list", "cel.bind(a, trigger.list + trigger.list, cel.bind(b, a + a, cel.bind(c, b + b, c + c)))"],
    ["copying a large text often", "trigger.list.map(x, upper(trigger.text) == 'A')"],
    ["writing JSON often", "trigger.list.map(x, json(trigger.rows) == '')"],
    ["comparing objects often", "trigger.list.filter(x, trigger.rows == trigger.rows.map(r, {'id': r.id}))"],
    ["comparing all with all", "size(unique(trigger.rows))"],
    ["joining", "trigger.list.map(x, join(trigger.list.map(y, 'aaaaaaaaaa')))"],
    ["counting characters", "trigger.list.map(x, size(trigger.text))"],
    ["data too deep", "trigger.deep"],
    ["a pattern on long text", "trigger.text.matches('a+b')"],
  ])("%s ends with expression_limit", (_what, source) => {
    expect(evaluateExpression(source, big)).toMatchObject({
      ok: false,
      error: { code: "expression_limit", retryable: false },
    });
  });

  it("leaves ordinary work on thousands of items alone", () => {
    expect(evaluateExpression("sum(trigger.rows.filter(r, r.id % 2 == 0).map(r, r.id * 2))", big)).toEqual({
      ok: true,
      value: 4_497_000,
    });
  });

  it("starts afresh after an expression that ran out", () => {
    evaluateExpression("trigger.list.map(a, trigger.list.map(b, a * b))", big);
    expect(evaluateExpression("size(trigger.list)", big)).toEqual({ ok: true, value: 2000 });
  });

  it("bounds a template of many large results together", () => {
    expect(renderTemplate({ a: "${trigger.text}", b: "${trigger.text}" }, big)).toMatchObject({
      ok: false,
      error: { code: "expression_limit" },
    });
  });

  it("H12 bounds the work of many templates together, times among it", () => {
    const one = "${trigger.list.map(i, addDuration('2026-01-31T10:00:00Z', 'P1Y1M1DT1H1M1S')).size()}";
    expect(renderTemplate({ a: one }, big)).toMatchObject({ ok: false, error: { code: "expression_limit" } });
    const cheap = "${size(trigger.list.map(i, i + 1))}";
    expect(renderTemplate([cheap, cheap], big)).toMatchObject({ ok: true, value: [2000, 2000] });
    expect(
      renderTemplate(
        Array.from({ length: 200 }, () => cheap),
        big,
      ),
    ).toMatchObject({
      ok: false,
      error: { code: "expression_limit" },
    });
    expect(renderTemplate([cheap, cheap], big)).toMatchObject({ ok: true });
  });

  it.each(["date(i, 'yyyy')", "money(1)", "addDuration(i, 'P1D')"])("H12 charges %s for what it takes", (call) => {
    const times = testScope({ trigger: { list: Array.from({ length: 2_000 }, () => "2026-01-31T10:00:00Z") } });
    expect(evaluateExpression(`size(trigger.list.map(i, ${call}))`, times)).toMatchObject({
      error: { code: "expression_limit" },
    });
  });

  it("does not keep one run's data in a cached program", () => {
    expect(evaluateExpression("trigger.list.map(x, x)[3]", big)).toEqual({ ok: true, value: 3 });
    expect(evaluateExpression("trigger.list.map(x, x)[3]", testScope({ trigger: { list: [9, 8, 7, 6] } }))).toEqual({
      ok: true,
      value: 6,
    });
  });
});
