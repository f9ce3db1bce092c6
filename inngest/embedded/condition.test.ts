import { describe, expect, test } from "vitest";
import { parseCondition } from "./condition";
import { bind, holds } from "./condition-value";
import { matchOf } from "./match-key";

const event = { data: { n: 1, s: "1", nul: null, u: "ABC", arr: [1, 2], deep: { a: [{ b: true }] } } };

describe("conditions decide as the real server does", () => {
  test.each([
    ["event.data.missing == null", true],
    ["event.data.nul == null", true],
    ["event.data.nul == event.data.missing", true],
    ["event.data.missing != 'x'", true],
    ["event.data.missing < 5", true],
    ["event.data.missing > 5", false],
    ["event.data.nul != null", false],
    ["event.data.q.w.e == 'x'", false],
    ["event.data.s == 1", false],
    ["event.data.n == 1", true],
    ["event.data.n > 0.5", true],
    ["event.data.n >= -1 && !(event.data.n > 1)", true],
    ["event.data.s in ['1', '2']", true],
    ["event.data.n in event.data.arr", true],
    ["event.data.arr[0] == 1 && event.data['s'] == \"1\"", true],
    ["event.data.deep.a[0].b", true],
    ["event.data.n == 2 ? false : event.data.u == 'ABC'", true],
    ["event.data.s && event.data.n", false],
    ["event.data.toString == null", true],
    ["event.data.u == '\\u0041BC'", true],
  ])("%s is %s", (source, expected) => {
    expect(holds(parseCondition(source), { event })).toBe(expected);
  });

  test.each([
    "event.data.n +  1 == 2",
    "has(event.data.a)",
    "size(event.data.arr) == 2",
    "other.x == 1",
    "event.data.",
    "event.data.n ==",
    "(event.data.n == 1",
    "'open",
    "",
  ])("%s is refused by name", (source) => {
    expect(() => parseCondition(source)).toThrow(source === "" ? "end" : source);
  });

  test("binding leaves only the incoming event", () => {
    const bound = bind(parseCondition("event.data.s == async.data.s || async.data.n == event.data.missing"), event);
    expect(JSON.stringify(bound)).not.toContain('"event"');
    expect(holds(bound, { async: { data: { s: "1" } } })).toBe(true);
    expect(holds(bound, { async: { data: { s: "2" } } })).toBe(true);
    expect(holds(bound, { async: { data: { s: "2", n: 4 } } })).toBe(false);
  });
});

describe("a wait is found by an indexed key", () => {
  test.each([
    ["event.data.s == async.data.s", "s=1", false],
    ["async.data.s == event.data.s && async.data.n > 2", "s=1", true],
    ["async.data.s == 'x'", "s=x", false],
    ["async.data.n == event.data.n", "*", true],
    ["async.data.s == event.data.s || async.data.n == 1", "*", true],
    [undefined, "*", false],
  ])("%s -> %s", (source, key, residual) => {
    const match = matchOf(source, event);
    expect(match.key).toBe(key);
    expect(match.residual !== null).toBe(residual);
  });
});
