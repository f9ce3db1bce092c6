import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "@/core/json";
import { evaluateExpression } from "@/core/expression/evaluate";
import { testScope } from "@/core/expression/expression-scope.fixture";

const scope = testScope();

describe("values", () => {
  it.each<[string, Json]>([
    ["current_plan != 'enterprise'", true],
    ["amount * 2", 10],
    ["index + 1", 1],
    ["10 / 4", 2.5],
    ["7 % 4", 3],
    ["1 + 2", 3],
    ["-amount", -5],
    ["amount - 0.5", 4.5],
    ["5u + 1", 6],
    ["size(trigger.items) + 1", 3],
    ["size(trigger.items) / 4", 0.5],
    ["amount >= 5 && amount < 5.5", true],
    ["9007199254740993 + 0", 9007199254740992],
    ["product.cost * 400 > vars.limit", true],
    ["trigger.items.map(i, i.price * 2)", [2, 5]],
    ["trigger.items.filter(i, i.price > 1)", [{ price: 2.5 }]],
    ["trigger.items.all(i, i.price > 0) && trigger.items.exists(i, i.price == 1)", true],
    ["trigger.items[index + 1].price", 2.5],
    ["[1, 'a', null][1]", "a"],
    ["trigger.items == [{'price': 1}, {'price': 2.5}]", true],
    ["amount in [4, 5]", true],
    ["'price' in trigger.items[0]", true],
    ["amount > 3 ? 'big' : null", "big"],
    ["cel.bind(x, amount * 2, x + 1)", 11],
    ["env.now", "2026-11-20T09:30:00.000Z"],
    ["env.now > timestamp('2026-01-01T00:00:00Z')", true],
    ["env.now - timestamp('2026-11-20T09:00:00Z')", "PT1800S"],
    ["string(env.now)", "2026-11-20T09:30:00.000Z"],
    ["duration('90s')", "PT90S"],
    ["b'abc'", "YWJj"],
    ["trigger.amount == '5'", false],
    ["step.later.status", "skipped"],
    ["step.later.output", null],
    ["trigger.email.matches('^[^@]+@acme[.]com$')", true],
  ])("%s", (source, value) => {
    expect(evaluateExpression(source, scope)).toEqual({ ok: true, value });
  });

  it("K-23 a decision's expression is a dot path over earlier outputs", () => {
    expect(evaluateExpression("step.kyc.output.ktpBundle.verdict", scope)).toEqual({ ok: true, value: "passed" });
  });

  it("F-24 a condition may be a JSON-logic object", () => {
    expect(evaluateExpression({ "!=": [{ var: "current_plan" }, "enterprise"] }, scope)).toEqual({
      ok: true,
      value: true,
    });
  });
});

describe("bare names", () => {
  it.each<[string, Json]>([
    ["amount", 5],
    ["limit", 3],
    ["product.name", "Tea"],
    ["type == 'refund'", true],
    ["type(1.5) == double", true],
  ])("%s", (source, value) => {
    expect(evaluateExpression(source, scope)).toEqual({ ok: true, value });
  });

  it("K9 iteration wins over context names, those over vars, they over input; extras over all", () => {
    const shadowed = testScope({
      input: { run: "input", item: "input", x: "input", y: "input" },
      vars: { x: "vars", run: "vars" },
      iteration: { item: "iteration" },
      extra: { output: { display: "$42.60" } },
    });
    expect(evaluateExpression("[run.id, item, x, y, output.display]", shadowed)).toEqual({
      ok: true,
      value: ["run_1", "iteration", "vars", "input", "$42.60"],
    });
  });
});

it("K9 a caller who sends a limit of their own does not get past the configured one", () => {
  const sent = { amount: 50_000, limit: 999_999 };
  const guarded = testScope({ trigger: sent, input: sent, vars: { limit: 1000 } });
  expect(evaluateExpression("amount > limit", guarded)).toEqual({ ok: true, value: true });
  expect(evaluateExpression("input.limit", guarded)).toEqual({ ok: true, value: 999_999 });
});

describe("missing values", () => {
  it.each([
    "trigger.nope",
    "trigger.nope.deeper",
    "step.later.output.x",
    "nope",
    "trigger.items[7]",
    "optional.none().value()",
  ])("%s is missing_value", (source) => {
    expect(evaluateExpression(source, scope)).toMatchObject({
      ok: false,
      error: { code: "missing_value", class: "other", retryable: false },
    });
  });

  it("teaches has() and the optional form", () => {
    expect(evaluateExpression("trigger.contact.name", scope)).toMatchObject({
      error: { message: expect.stringMatching(/trigger\.\?contact\.orValue\(''\).*has\(trigger\.contact\)/) },
    });
  });

  it.each<[string, Json]>([
    ["has(trigger.nope.deeper)", false],
    ["has(nope.deeper)", false],
    ["has(trigger.email)", true],
    ["trigger.?nope.orValue('none')", "none"],
    ["trigger.?nope", null],
    ["default(trigger.nope.deeper, 1)", 1],
    ["default(trigger.plan, 'free')", "free"],
    ["coalesce(nope, trigger.plan, amount)", 5],
  ])("%s", (source, value) => {
    expect(evaluateExpression(source, scope)).toEqual({ ok: true, value });
  });
});

describe("mistakes", () => {
  it.each([
    ["1 +", "cannot be read at character 4"],
    ["", "empty"],
    [null, "text such as"],
    ["shout(1)", "no function `shout`"],
    ["'a' + amount", "text and a number"],
    ["null < 5", "nothing (null) and a number"],
    ["amount / 0", "divides by zero"],
    ["upper(trigger.items)", "needs text"],
    ["amount ? 1 : 2", "true or false"],
    ["'a'.matches('(a+)+')", "pattern"],
  ])("%s is bad_expression", (source, words) => {
    expect(evaluateExpression(source, scope)).toMatchObject({
      ok: false,
      error: { code: "bad_expression", message: expect.stringContaining(words) },
    });
  });
});

it("never throws and always answers JSON, whatever the text", () => {
  const word = fc.constantFrom(
    "trigger",
    "amount",
    ".",
    ".?",
    "items",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'a'",
    "1",
    "2.5",
    "+",
    "-",
    "/",
    "==",
    "&&",
    "!",
    "?",
    ":",
    ",",
    "map(i, i)",
    "has(",
    "step.kyc",
    "null",
    "env.now",
    "sort(",
    "default(",
    "\\",
    '"',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word, { maxLength: 12 }).map((words) => words.join(" ")),
      ),
      (source) => {
        const result = evaluateExpression(source, scope);
        if (result.ok) expect(JSON.parse(JSON.stringify(result.value))).toEqual(result.value);
        else expect(["bad_expression", "missing_value", "expression_limit"]).toContain(result.error.code);
      },
    ),
    { numRuns: 500 },
  );
});

it("reads any JSON back unchanged", () => {
  const key = fc.string().filter((name) => !["__proto__", "constructor", "prototype"].includes(name));
  const { json } = fc.letrec<{ json: Json }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("json")),
      fc.dictionary(key, tie("json"), { noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(json, (value) => {
      const plain: Json = JSON.parse(JSON.stringify(value));
      expect(evaluateExpression("trigger", testScope({ trigger: plain }))).toEqual({ ok: true, value: plain });
      expect(
        evaluateExpression(
          "trigger == vars.same",
          testScope({ trigger: plain, vars: { same: structuredClone(plain) } }),
        ),
      ).toEqual({ ok: true, value: true });
    }),
  );
});
