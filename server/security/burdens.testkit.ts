import {
  chain,
  deepSchema,
  doublingSchema,
  listSchema,
  manyDefaults,
  manyPatterns,
  nestedLoops,
  named,
  numbers,
  parallel,
  scope,
  times,
  type Document,
} from "./burden-documents.testkit";
import {
  big,
  difference,
  evaluate,
  listInput,
  manyEdits,
  mapped,
  post,
  readImport,
  rehearsal,
  someCallback,
  start,
  type Burden,
  validate,
} from "./burden.testkit";

/** The findings first, then their relatives. */
export const burdens: readonly Burden[] = [
  post("H2 an endless body", "/api/trpc/conversations.send", () => `{"json":[${"{},".repeat(1_300_000)}{}]}`),
  post(
    "H3 a megabyte of zeros, 190 levels deep",
    someCallback,
    () => `${"[".repeat(190)}${"0,".repeat(490_000)}0${"]".repeat(190)}`,
    true,
  ),
  validate(
    "H4 a schema that doubles with each reference",
    () => ({ spec: scope({ inputSchema: doublingSchema(40) }) }),
    true,
  ),
  readImport("H5 a name with a bracket that is never closed", () => ({
    name: "x",
    triggerType: "event",
    triggerSpec: {
      event: "a.b",
      input: named(
        10_000,
        () => "${1+",
        (at) => `a]${at}[`,
      ),
    },
    spec: scope({}),
  })),
  start(
    "H6 a pattern of limited repetitions",
    () =>
      chain(1, () => ({ type: "transform", expression: 1 }), {
        inputSchema: listSchema({ type: "string", pattern: big }),
      }),
    () => ({ list: times(300, () => `${"a".repeat(65)}!`) }),
  ),
  evaluate(
    "H6 the same pattern in matches()",
    `\${input.at.map(i, (i + '${"a".repeat(60)}!').matches('${big}')).size()}`,
  ),
  start(
    "H7 a loop in a loop",
    () => nestedLoops(2),
    () => ({ a: numbers(1_000) }),
    true,
  ),
  mapped,
  validate("2,000 steps with expressions", () =>
    chain(2_000, (at) => ({
      type: "transform",
      expression: {
        a: `\${step.n${Math.max(0, at - 1)}.output.a + ${at} + size(input.b) * 3}`,
        b: `\${input.?c${at}.orValue(${at})}`,
      },
    })),
  ),
  readImport("2,000 steps, 40,000 unknown fields", () =>
    chain(2_000, (at) => ({
      type: "transform",
      expression: 1,
      ...named(
        20,
        () => 1,
        (key) => `unkwn${key}x${at}`,
      ),
    })),
  ),
  validate("60,000 expressions in one step", () =>
    chain(1, () => ({ type: "transform", expression: times(60_000, (at) => `\${input.a + ${at}}`) })),
  ),
  validate("30,000 edges", () => parallel(1_000, 30)),
  validate("30,000 fields in a schema", () => ({
    spec: scope({ inputSchema: { type: "object", properties: named(30_000, () => ({ type: "string" })) } }),
  })),
  validate("20,000 defaults in a schema", () => ({ spec: scope({ inputSchema: manyDefaults(20_000) }) })),
  validate("600 long patterns in a schema", () => ({ spec: scope({ inputSchema: manyPatterns(600) }) })),
  validate("alternatives in alternatives", () => ({ spec: scope({ inputSchema: deepSchema(40) }) })),
  validate("90 comparisons in each of 500 conditions", () =>
    chain(500, (at) => ({
      type: "condition",
      expression: times(90, (key) => `input.a${key} > ${key + at}`).join(" && "),
    })),
  ),
  validate("JSON logic in 300 conditions", () =>
    chain(300, (at) => ({
      type: "condition",
      expression: { and: times(60, (key) => ({ ">": [{ var: `input.a${key}` }, key + at] })) },
    })),
  ),
  start(
    "5,000 choices for 5,000 items",
    () => withList({ enum: times(5_000, (at) => `v${at}`) }),
    () => ({ list: times(5_000, () => "zz") }),
  ),
  start(
    "unique items in lists of lists",
    () => withList({ type: "array", uniqueItems: true }),
    () => ({ list: times(60, () => times(900, (at) => ({ at, b: { at } }))) }),
  ),
  start(
    "an item that none of the items is",
    () => withList({ type: "array", contains: { const: "z" } }),
    () => ({ list: times(150, () => numbers(300)) }),
  ),
  start(
    "200 patterns of names on 200 names",
    () =>
      withList({
        patternProperties: named(
          200,
          () => ({ type: "string" }),
          (at) => `^v${at}.*x$`,
        ),
      }),
    () => ({
      list: times(100, () =>
        named(
          200,
          () => 1,
          (at) => `vvvv${at}`,
        ),
      ),
    }),
  ),
  start(
    "a long text against a pattern",
    () => withList({ type: "string", pattern: "(?:ab|cd|ef)*z$" }),
    () => ({ list: times(9, () => "abcdef".repeat(15_000)) }),
  ),
  start(
    "four alternatives for 40,000 items",
    () => withList({ anyOf: [{ type: "string", minLength: 1 }, { type: "boolean" }, { type: "null" }, { enum: [1] }] }),
    () => ({ list: times(40_000, () => ({})) }),
  ),
  start(
    "defaults for 20,000 items",
    () => withList({ type: "object", properties: named(8, () => ({ type: "array", default: [1, 2, 3] })) }),
    () => ({ list: times(20_000, () => ({})) }),
  ),
  start(
    "e-mail addresses that are none",
    () => withList({ type: "string", format: "email" }),
    () => ({ list: times(10_000, (at) => `a.b.${at}${".a".repeat(20)}`) }),
  ),
  evaluate(
    "sort, unique and join of 15,000 items",
    named(30, () => "${join(unique(input.n)) + string(size(sort(input.o, 'k')))}"),
  ),
  evaluate(
    "split, replace and base64 of a long text",
    named(30, () => "${base64(replace(input.text, 'a', 'bb')).size() + split(input.text, '1').size()}"),
  ),
  evaluate(
    "json() of a list for each of its items",
    named(30, () => "${input.n.map(i, json(input.o)).size()}"),
  ),
  evaluate(
    "a list for each item of a list",
    named(30, () => "${input.n.map(i, input.n.map(j, i * j)).size()}"),
    true,
  ),
  evaluate(
    "timestamps and dates of 15,000 items",
    named(30, () => "${input.at.map(i, timestamp(i)).size()}"),
  ),
  evaluate(
    "20,000 small expressions",
    times(20_000, (at) => `\${input.n[0] + ${at}}`),
  ),
  start(
    "300 steps that each read a large list",
    () => chain(300, () => ({ type: "transform", expression: { a: "${input.n.map(i, i * 2)}" } })),
    listInput,
  ),
  start(
    "60 branches side by side with large outputs",
    () => parallel(61, 60, () => ({ type: "transform", expression: "${input.o}" })),
    listInput,
  ),
  start(
    "three loops in each other",
    () => nestedLoops(3),
    () => ({ a: numbers(60) }),
  ),
  post("90,000 names in one object", someCallback, () => JSON.stringify(named(90_000, () => 1))),
  manyEdits,
  difference,
  rehearsal("a test of a heavy draft", () =>
    chain(1, () => ({ type: "transform", expression: named(40, () => "${input.at.map(i, timestamp(i)).size()}") })),
  ),
];

function withList(items: unknown): Document {
  return chain(1, () => ({ type: "transform", expression: 1 }), { inputSchema: listSchema(items) });
}
