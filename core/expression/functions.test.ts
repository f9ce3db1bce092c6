import { describe, expect, it } from "vitest";
import type { Json } from "@/core/json";
import { evaluateExpression } from "@/core/expression/evaluate";
import { expressionFunctions } from "@/core/expression/functions";
import { testScope } from "@/core/expression/expression-scope.fixture";

const scope = testScope({
  input: { rows: [{ n: 2, s: "b" }, { n: 1, s: "a" }, { s: "c" }], empty: [], dup: [{ a: 1 }, { a: 1 }, 1, 1] },
});

it("documents exactly the functions of the specification", () => {
  const names =
    "lower upper trim join split replace matches format number round floor ceil abs date addDuration json base64 default coalesce money sum avg min max first last unique sort";
  expect(expressionFunctions.map(({ name }) => name)).toEqual(names.split(" "));
});

describe("documented examples", () => {
  it.each(expressionFunctions.map(({ example, result }) => [example, result] as const))(
    "%s gives %s",
    (example, result) => {
      expect(evaluateExpression(example, scope)).toEqual({ ok: true, value: JSON.parse(result) });
    },
  );
});

describe("details", () => {
  it.each<[string, Json]>([
    ["money(1234.5)", "$1,234.50"],
    ["money('42.6', 'usd')", "$42.60"],
    ["money(12000, 'EUR')", "€12,000.00"],
    ["min(empty)", null],
    ["max([])", null],
    ["min('b', 'a')", "a"],
    ["max(env.now, timestamp('2026-01-01T00:00:00Z'))", "2026-11-20T09:30:00.000Z"],
    ["min(size(rows), 10)", 3],
    ["sum(rows.map(r, default(r.n, 0)))", 3],
    ["avg(empty)", null],
    ["first(empty)", null],
    ["unique(dup)", [{ a: 1 }, 1]],
    ["sort(rows, 'n').map(r, r.s)", ["a", "b", "c"]],
    ["sort(['b', 'a'])", ["a", "b"]],
    ["join(rows.map(r, r.s))", "b, a, c"],
    ["format('{name} has {{{n}}}', {'name': 'Sari', 'n': 2})", "Sari has {2}"],
    ["date(env.now)", "2026-11-20"],
    ["date(env.now, 'EEEE d MMMM yyyy h:mm a', 'America/New_York')", "Friday 20 November 2026 4:30 AM"],
    ["date('2026-11-20T23:30:00')", "2026-11-20"],
    ["date('2026-11-20', \"d 'of' MMM\")", "20 of Nov"],
    ["addDuration(env.now, 'P1M') > env.now", true],
    ["addDuration('2026-01-31', 'P1M')", "2026-02-28T00:00:00.000Z"],
    ["base64('é')", "w6k="],
    ["number(true)", 1],
    ["default(env.now, '')", "2026-11-20T09:30:00.000Z"],
  ])("%s", (source, value) => {
    expect(evaluateExpression(source, scope)).toEqual({ ok: true, value });
  });

  it.each([
    "number('12,5')",
    "number('')",
    "money(1, 'dollars')",
    "sum(['a'])",
    "sort(rows)",
    "date('yesterday')",
    "date(env.now, 'yyyy', 'Mars/Base')",
    "addDuration(env.now, '5 minutes')",
    "first('abc')",
    "format('{0}', [])",
    "min('a', 1)",
  ])("%s is refused", (source) => {
    expect(evaluateExpression(source, scope)).toMatchObject({ ok: false, error: { code: "bad_expression" } });
  });
});
