import type { Attacked } from "./attacked.testkit";
import { chain, named, numbers, times, type Document } from "./burden-documents.testkit";

/** Something of one organization that is meant to take long. */
export interface Burden {
  name: string;
  /** Sent by the attacker; answers the status. Whatever has to stand before is made by `prepare`, once. */
  prepare?: (attacker: Attacked) => Promise<unknown>;
  send(attacker: Attacked): Promise<number>;
  /** Small enough, and quick enough, for every run of the tests. */
  isShort?: boolean;
}

export const validate = (name: string, document: () => Document, isShort = false): Burden => {
  let text: string | undefined;
  return {
    name,
    isShort,
    send: async (attacker) =>
      (await attacker.send("POST", "/api/workflows/validate", { body: (text ??= JSON.stringify(document())) })).status,
  };
};

export const readImport = (name: string, document: () => Document): Burden => ({
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
export const start = (name: string, document: () => Document, input: () => unknown, isShort = false): Burden => {
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

export const evaluate = (name: string, expression: unknown, isShort = false): Burden =>
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

export function listInput(): Record<string, unknown> {
  return {
    n: numbers(15_000),
    at: times(15_000, () => "2026-01-01T00:00:00Z"),
    o: times(5_000, (at) => ({ k: at % 100, p: at, t: "abc" })),
    text: "aB1 ".repeat(50_000),
  };
}

export const mapped: Burden = {
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

export const manyEdits: Burden = {
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

export const difference: Burden = {
  name: "difference of two versions with 1,000 long texts",
  prepare: async (attacker) => {
    const document = (word: string): Document =>
      chain(1_000, (at) => ({ type: "transform", expression: { text: `${word} ${at} `.repeat(60) } }));
    await publish(attacker, "compared", document("a"));
    await attacker.send("PATCH", "/api/workflows/compared", { body: JSON.stringify({ spec: document("b")["spec"] }) });
  },
  send: async (attacker) => (await attacker.send("GET", "/api/workflows/compared/diff?from=1&to=2")).status,
};

export const rehearsal = (name: string, document: () => Document): Burden => {
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

export const post = (name: string, path: string, body: () => string, isShort = false): Burden => {
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

export const someCallback = "/api/callbacks/xxxxxxxxxxxxxxxxxxxxxxxx";

export const big = "^a{0,63}a{0,63}a{0,63}a{0,63}a{0,63}a{0,63}$";
