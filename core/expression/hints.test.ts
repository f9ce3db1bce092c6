import { describe, expect, it } from "vitest";
import { checkExpression } from "@/core/expression/check";
import { evaluateExpression } from "@/core/expression/evaluate";
import { testScope } from "@/core/expression/expression-scope.fixture";

describe("B-27 K6 an expression written as in another language is told how to write it here", () => {
  it.each([
    ["${a == 1}", "`a == 1`"],
    ["a = 1", "`a == 1`"],
    ["a === 'x = y'", "`a == 'x = y'`"],
    ["a !== 1", "`a != 1`"],
    ["a <> 1", "`a != 1`"],
    ["a > 1 and b < 2", "`a > 1 && b < 2`"],
    ["a OR b = 'this and that'", "`a || b == 'this and that'`"],
    ["not a", "`!a`"],
    ["a ?? 'none'", "`default(a, 'none')`"],
    ["a?.b", "`a.?b`"],
    ["items.map(x => x.price)", "`items.map(x, x.price)`"],
    ["input.o.in", "`input.o['in']`"],
    ["if (a) b else c", "condition ? one : other"],
    ["x.lower()", "`lower(x)`"],
    ["input.x.toUpperCase()", "`upper(input.x)`"],
    ["a.b.includes('c')", "text.contains(part)"],
    ["lower()", "`lower(text)`"],
    ["lower('a', 'b')", "`lower(text)`"],
    ["now()", "env.now"],
    ["trigger.order-id", "`trigger['order-id']`"],
    ["1 == '1'", "number(…)"],
  ])("%s", (source, words) => {
    const checked = checkExpression(source, { names: "any" });
    expect(checked).toMatchObject({ ok: false, message: expect.stringContaining(words) });
    if (words.startsWith("`") && !words.includes("(text)"))
      expect(checkExpression(words.slice(1, -1), { names: "any" })).toMatchObject({ ok: true });
  });

  it("says nothing of the kind where nothing of the kind is written", () => {
    expect(checkExpression("a +", { names: "any" })).toMatchObject({ message: expect.not.stringContaining("Write") });
    expect(checkExpression("total.net - discount", { names: "any" })).toMatchObject({ ok: true });
    expect(evaluateExpression("trigger.email.length", testScope())).toMatchObject({
      error: { message: expect.stringContaining("`size(trigger.email)`") },
    });
  });
});

describe("K10 what is certain to fail is refused before publishing", () => {
  it.each([
    ["date('2027-02-30')", "does not exist"],
    ["date(env.now, 'YYYY-MM-DD')", "`yyyy`"],
    ["date(env.now, 'yyyy-MM-DD')", "`dd`"],
    ["date(env.now, 'd.M.yyyy at HH:mm')", "single quotes"],
    ["date(env.now, 'yyyy', 'Mars/Base')", "time zone"],
    ["timestamp('2027-02-30T00:00:00Z') < env.now", "does not exist"],
    ["addDuration('31.01.2027', 'P1D')", "ISO text"],
    ["addDuration(env.now, '1 day')", "ISO-8601"],
  ])("%s", (source, words) => {
    expect(checkExpression(source, { names: "any" })).toMatchObject({
      ok: false,
      message: expect.stringContaining(words),
    });
    expect(evaluateExpression(source, testScope())).toMatchObject({ ok: false });
  });

  it.each([
    ["date('2028-02-29T10:05:00', \"yyyyMMdd'T'HHmmss 'o''clock'\")", "20280229T100500 o'clock"],
    ["date('2027-01-31T10:05:00Z', 'yyyy-MM-ddTHH:mm')", "2027-01-31T10:05"],
    ["timestamp('2027-01-31')", "2027-01-31T00:00:00.000Z"],
    ["timestamp('2027-01-31T09:00:00+07:00') == timestamp('2027-01-31T02:00:00Z')", true],
  ])("%s", (source, value) => {
    expect(checkExpression(source, { names: "any" })).toMatchObject({ ok: true });
    expect(evaluateExpression(source, testScope())).toEqual({ ok: true, value });
  });
});
