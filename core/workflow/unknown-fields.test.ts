import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connectorCatalog } from "@/connectors/definitions";
import type { JsonObject } from "@/core/json";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import type { Issue } from "./document";
import kyc from "./fixtures/indonesian-kyc-v1.json";
import upgrade from "./fixtures/subscription-upgrade.json";
import stock from "./fixtures/weekly-stock-check.json";
import type { AnyStepDefinition } from "./step-definition";
import { everything, givenNames } from "./unknown-fields.testkit";
import { validateSpec } from "./validate";
import { exportWorkflowDocument, importWorkflowDocument } from "./workflow-document";

function check(raw: unknown): Issue[] {
  const imported = importWorkflowDocument(raw, stepDefinitions, triggerDefinitions);
  if (!imported.ok) return imported.issues;
  const { spec, triggers, config, source } = imported.document;
  return validateSpec(spec, {
    definitions: stepDefinitions,
    triggerDefinitions,
    connectors: connectorCatalog,
    connections: null,
    triggers,
    config,
    source,
  });
}

const unknown = (raw: unknown) => check(raw).filter(({ code }) => code === "unknown_field");
const withNode = (node: object, more: object = {}): object => ({
  name: "One",
  spec: { startNodeId: "a", nodes: [{ id: "a", ...node }], edges: [] },
  ...more,
});
const approval = (fields: object, type = "approval") => withNode({ type, ...fields });

describe("A12 B-11 unknown_field", () => {
  it.each([kyc, upgrade, stock, everything])(
    "finds nothing in documents that say only what there is (%#)",
    (document) => {
      expect(unknown(document)).toEqual([]);
    },
  );

  it.each<[string, object, string, string, "error" | "warning"]>([
    ["B-11", approval({ assignedTo: "role:manager" }), "spec.nodes[0].assignedTo", "assignTo", "error"],
    ["K7", approval({ assingTo: "role:manager" }), "spec.nodes[0].assingTo", "assignTo", "error"],
    ["an alias misspelt", approval({ aprovers: "role:manager" }), "spec.nodes[0].aprovers", "assignTo", "error"],
    [
      "B-11 in the policy",
      approval({ policy: { requesterCannotAprove: true } }),
      "spec.nodes[0].policy.requesterCannotAprove",
      "requesterCannotApprove",
      "error",
    ],
    ["in the quorum", approval({ quorum: { mode: "any", count: 2 } }), "spec.nodes[0].quorum.count", "", "error"],
    [
      "in retry, under an alias in capitals",
      withNode({ type: "HTTP", service: "x", retry: { maxAtempts: 1 } }),
      "spec.nodes[0].retry.maxAtempts",
      "maxAttempts",
      "error",
    ],
    [
      "deep in retry",
      withNode({ type: "http", service: "x", retry: { backoff: { type: "fixed", delay: 5 } } }),
      "spec.nodes[0].retry.backoff.delay",
      "delayMs",
      "error",
    ],
    [
      "methd",
      withNode({ type: "service_call", service: "x", methd: "PUT" }),
      "spec.nodes[0].methd",
      "method",
      "warning",
    ],
    [
      "letter case",
      withNode({ type: "http", service: "x", timeoutMS: 5 }),
      "spec.nodes[0].timeoutMS",
      "timeoutMs",
      "warning",
    ],
    ["retries", withNode({ type: "http", service: "x", retries: 5 }), "spec.nodes[0].retries", "retry", "warning"],
    [
      "timeoutHour",
      approval({ timeoutHour: 5 }, "Human_Approval"),
      "spec.nodes[0].timeoutHour",
      "timeoutHours",
      "warning",
    ],
    ["config", withNode({ type: "end" }, { config: { timeout: 5 } }), "config.timeout", "timeoutMs", "warning"],
    [
      "inside config",
      withNode({ type: "end" }, { config: { concurrency: { limt: 5 } } }),
      "config.concurrency.limt",
      "limit",
      "warning",
    ],
    [
      "a trigger",
      withNode({ type: "end" }, { triggers: [{ type: "schedule", cron: "0 9 * * *", timeZone: "Asia/Jakarta" }] }),
      "triggers[0].timeZone",
      "timezone",
      "error",
    ],
    ["the document", withNode({ type: "end" }, { trigers: [] }), "trigers", "triggers", "warning"],
    [
      "a schema keyword",
      withNode({ type: "collect_form", schema: { type: "object", requird: ["a"] } }),
      "spec.nodes[0].schema.requird",
      "required",
      "warning",
    ],
    [
      "a name that is on every object",
      withNode({ type: "http", service: "x", constructor: 5 }),
      "spec.nodes[0].constructor",
      "",
      "warning",
    ],
  ])("%s", (_what, raw, path, meant, severity) => {
    const name = /[^.]+$/.exec(path)?.[0] ?? "";
    const hint =
      meant === "" ? "It is kept, but does nothing: remove it, or correct its name." : `Did you mean "${meant}"?`;
    expect(
      unknown(raw).map((issue) => ({
        ...issue,
        path: `${/^(nodes|edges)/.test(issue.path) ? "spec." : ""}${issue.path}`,
      })),
    ).toMatchObject([{ path, severity, message: `There is no field "${name}" here. ${hint}` }]);
  });

  it("names a misspelt case of a connection, which would lead on from another answer, as an error", () => {
    const spec = {
      startNodeId: "a",
      nodes: [
        { id: "a", type: "approval" },
        { id: "b", type: "end" },
      ],
      edges: [{ from: "a", to: "b", csae: "rejected", label: "No" }],
    };
    expect(unknown({ name: "One", spec })).toMatchObject([
      { path: "edges[0].csae", severity: "error", nodeId: "a" },
      { path: "edges[0].label", severity: "warning" },
    ]);
  });

  it("looks into the bodies of loops and at the bodies themselves", () => {
    const body = { startNodeId: "b", nodes: [{ id: "b", type: "Approval", asignTo: "role:x" }], edges: [], inputs: {} };
    const raw = withNode({ type: "Loop", items: "input.list", body });
    expect(unknown(raw).map(({ path, severity }) => [path, severity])).toEqual([
      ["nodes[0].body.nodes[0].asignTo", "error"],
      ["nodes[0].body.inputs", "warning"],
    ]);
  });

  it("keeps what it names: the document comes out as it went in", () => {
    const raw = approval({ assignedTo: "role:manager", policy: { requesterCannotAprove: true } });
    const imported = importWorkflowDocument(raw, stepDefinitions, triggerDefinitions);
    expect(imported.ok && exportWorkflowDocument(imported.document, stepDefinitions, triggerDefinitions)).toEqual(raw);
  });

  it("leaves annotations of JSON Schema and extensions alone", () => {
    const schema = { type: "object", "x-order": ["a"], $comment: "c", note: "n", placeholder: "p", example: {} };
    expect(unknown(withNode({ type: "collect_form", schema, "x-team": 1, $comment: "c" }))).toEqual([]);
  });

  it("K7 whatever one name is misspelt in whatever step, the check names it", { timeout: 60_000 }, () => {
    const places = givenNames(everything);
    fc.assert(
      fc.property(
        fc.nat(places.length - 1),
        fc.nat(),
        fc.constantFrom("drop", "swap", "double", "add"),
        (at, spot, slip) => {
          const document = structuredClone(everything);
          const place = givenNames(document)[at];
          if (place === undefined) throw new Error("no such place");
          const { holder, name } = place;
          const wrong = misspelt(name, spot % name.length, slip);
          fc.pre(!Object.hasOwn(holder, wrong) && isOnlyAMistake(place.path, wrong));
          rename(holder, name, wrong);
          const issues = check(document);
          const names = issues.some(({ code, message }) => code === "unknown_field" && message.includes(`"${wrong}"`));
          // Without its id, type or list a thing cannot be read at all: the document is refused.
          const refused = issues.some(({ code }) => code === "invalid_shape");
          expect(names || refused, `${place.path} as ${wrong}: ${JSON.stringify(issues)}`).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

function misspelt(name: string, at: number, slip: "drop" | "swap" | "double" | "add"): string {
  const letters = Array.from(name);
  const letter = letters[at] ?? "";
  if (slip === "drop") letters.splice(at, 1);
  if (slip === "double") letters.splice(at, 0, letter);
  if (slip === "add") letters.splice(at, 0, "q");
  if (slip === "swap") letters.splice(at, 2, letters[at + 1] ?? "q", letter);
  return letters.join("");
}

/** Some slips give another name that is known there, or one too short to be taken for a keyword. */
function isOnlyAMistake(path: string, wrong: string): boolean {
  const isKeyword = /[sS]chema\./.test(path);
  const definitions: readonly AnyStepDefinition[] = Object.values(stepDefinitions);
  const spellings = definitions.flatMap((definition) => Object.keys(definition.spellings ?? {}));
  return wrong !== "" && !spellings.includes(wrong) && !(isKeyword && wrong.length < 4);
}

function rename(holder: JsonObject, from: string, to: string): void {
  holder[to] = holder[from] ?? null;
  Reflect.deleteProperty(holder, from);
}
