import type { Attacked } from "./attacked.testkit";
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

/** Something of one organization that is meant to take long. */
export interface Burden {
  name: string;
  /** Sent by the attacker; answers the status. Whatever has to stand before is made by `prepare`, once. */
  prepare?: (attacker: Attacked) => Promise<unknown>;
  send(attacker: Attacked): Promise<number>;
  /** Small enough, and quick enough, for every run of the tests. */
  isShort?: boolean;
}

const validate = (name: string, document: () => Document, isShort = false): Burden => {
  let text: string | undefined;
  return {
    name,
    isShort,
    send: async (attacker) =>
      (await attacker.send("POST", "/api/workflows/validate", { body: (text ??= JSON.stringify(document())) })).status,
  };
};

const readImport = (name: string, document: () => Document): Burden => ({
  name,
  send: async (attacker) =>
    (
      await attacker.trpc(
        "POST",
        "library.readImport",
        { text: JSON.stringify(document()) },
        attacker.organization.members.viewer.cookie,
      )
    ).status,
});

/** A workflow that is published before, and what starts it. */
const start = (name: string, document: () => Document, input: () => unknown, isShort = false): Burden => {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/-+$/, "");
  let text: string | undefined;
  return {
    name,
    isShort,
    prepare: (attacker) => publish(attacker, slug, document()),
    send: async (attacker) =>
      (
        await attacker.send("POST", `/api/workflows/${slug}/executions`, {
          body: (text ??= JSON.stringify({ input: input() })),
        })
      ).status,
  };
};

const evaluate = (name: string, expression: unknown, isShort = false): Burden =>
  start(name, () => chain(1, () => ({ type: "transform", expression })), listInput, isShort);

async function publish(attacker: Attacked, slug: string, document: Document): Promise<string> {
  const made = await attacker.send("POST", "/api/workflows", {
    body: JSON.stringify({ ...document, slug, name: slug }),
  });
  if (made.status !== 201) throw new Error(`${slug}: ${made.status} ${made.text.slice(0, 500)}`);
  const published = await attacker.send("POST", `/api/workflows/${slug}/publish`, { body: "{}" });
  if (published.status !== 200) throw new Error(`${slug}: ${published.status} ${published.text.slice(0, 500)}`);
  return published.text;
}

function listInput(): Record<string, unknown> {
  return {
    n: numbers(15_000),
    at: times(15_000, () => "2026-01-01T00:00:00Z"),
    o: times(5_000, (at) => ({ k: at % 100, p: at, t: "abc" })),
    text: "aB1 ".repeat(50_000),
  };
}

const mapped: Burden = {
  name: "H12 webhook of 15,000 items through 40 expressions of durations",
  isShort: true,
  async prepare(attacker) {
    const of = "${trigger.at.map(i, addDuration(i, 'P1Y1M1DT1H1M1S')).size()}";
    const text = await publish(attacker, "mapped", {
      ...chain(1, () => ({ type: "transform", expression: 1 })),
      triggers: [{ id: "hook", type: "webhook", input: named(40, () => of) }],
    });
    const { triggers } = (JSON.parse(text) as { data: { workflow: { triggers: { url: string }[] } } }).data.workflow;
    this.path = new URL(triggers[0]?.url ?? "").pathname;
  },
  path: "",
  async send(attacker) {
    const body = JSON.stringify({ at: times(15_000, () => "2026-01-01T00:00:00Z") });
    return (await attacker.send("POST", this.path, { key: null, body })).status;
  },
} as Burden & { path: string };

const manyEdits: Burden = {
  name: "1,000 edits of a workflow with 1,000 steps",
  prepare: async (attacker) => {
    await publish(
      attacker,
      "edited",
      chain(1_000, (at) => ({ type: "transform", expression: { at } })),
    );
  },
  send: async (attacker) =>
    (
      await attacker.trpc(
        "POST",
        "drafts.applyBatch",
        {
          slug: "edited",
          clientId: "c",
          batchId: crypto.randomUUID(),
          baseRevision: 0,
          operations: times(1_000, (at) => ({
            op: "update_node",
            id: `n${at}`,
            changes: [{ path: ["expression"], value: { at: Math.random() } }],
          })),
        },
        attacker.organization.members.owner.cookie,
      )
    ).status,
};

const difference: Burden = {
  name: "difference of two versions with 1,000 long texts",
  prepare: async (attacker) => {
    const document = (word: string): Document =>
      chain(1_000, (at) => ({ type: "transform", expression: { text: `${word} ${at} `.repeat(60) } }));
    await publish(attacker, "compared", document("a"));
    await attacker.send("PATCH", "/api/workflows/compared", { body: JSON.stringify({ spec: document("b")["spec"] }) });
  },
  send: async (attacker) => (await attacker.send("GET", "/api/workflows/compared/diff?from=1&to=2")).status,
};

const rehearsal = (name: string, document: () => Document): Burden => {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/-+$/, "");
  return {
    name,
    prepare: async (attacker) => {
      await publish(attacker, slug, document());
    },
    send: async (attacker) =>
      (
        await attacker.trpc(
          "POST",
          "testing.start",
          { slug, revision: 0, input: listInput() },
          attacker.organization.members.owner.cookie,
        )
      ).status,
  };
};

const post = (name: string, path: string, body: () => string, isShort = false): Burden => {
  let text: string | undefined;
  return {
    name,
    isShort,
    send: async (attacker) =>
      (
        await attacker.send("POST", path, {
          key: null,
          body: (text ??= body()),
          headers: { "sec-fetch-site": "same-origin" },
        })
      ).status,
  };
};

const someCallback = "/api/callbacks/xxxxxxxxxxxxxxxxxxxxxxxx";
const big = "^a{0,63}a{0,63}a{0,63}a{0,63}a{0,63}a{0,63}$";

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
