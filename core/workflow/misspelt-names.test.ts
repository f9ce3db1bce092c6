import { expect, it } from "vitest";
import type { z } from "zod";
import { connectorCatalog } from "@/connectors/definitions";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { isJsonObject } from "@/core/json-guard";
import { nodeShape } from "./node-fields";
import { triggerSchema } from "./triggers";
import { unknownNamesIn, type Fields, type UnknownName } from "./unknown-names";
import { unwrapped } from "./decisive";
import type { AnyStepDefinition } from "./step-definition";
import { validateSpec } from "./validate";
import { importWorkflowDocument } from "./workflow-document";

const definitions: readonly AnyStepDefinition[] = Object.values(stepDefinitions);

/** Every name that is that name but for one letter: left out, doubled, replaced, or with its neighbour. */
function slips(name: string): string[] {
  const letters = Array.from(name);
  const made = letters.flatMap((letter, at) => [
    letters.toSpliced(at, 1).join(""),
    letters.toSpliced(at, 0, letter).join(""),
    letters.toSpliced(at, 1, "q").join(""),
    letters.toSpliced(at, 2, letters[at + 1] ?? "q", letter).join(""),
  ]);
  return [...new Set(made)].filter((wrong) => wrong !== "" && wrong !== name);
}

function isOneSlip(left: string, right: string): boolean {
  const [first, second] = [left.toLowerCase(), right.toLowerCase()];
  return first === second || slips(first).includes(second) || slips(second).includes(first);
}

/** The fields of the object that a schema is, whatever is wrapped around it. */
function shapeOf(schema: z.core.$ZodType | undefined): Fields {
  let at = schema;
  for (let inner = at && unwrapped(at); inner; inner = unwrapped(inner)) at = inner;
  const shape: unknown = at === undefined ? undefined : Reflect.get(at, "shape");
  return isJsonObject(shape) ? (shape as unknown as Fields) : {};
}

/** Each misspelling of each name of some fields, found or not. Names of one or two letters are too short to guess. */
function everySlip(fields: Fields, spellings: readonly string[] = []): [string, string][] {
  return Object.keys(fields)
    .filter((name) => name.length > 2)
    .flatMap((name) => slips(name).map((wrong): [string, string] => [name, wrong]))
    .filter(([, wrong]) => !Object.hasOwn(fields, wrong) && !spellings.includes(wrong));
}

const closest = (fields: Fields, wrong: string): UnknownName | undefined => unknownNamesIn(fields, { [wrong]: 1 })[0];

it.each(definitions.map((definition) => [definition.type, definition] as const))(
  "B-11 each name of %s, misspelt by a letter, is named with what was meant",
  (_type, definition) => {
    const shape = nodeShape(definition);
    for (const [name, wrong] of everySlip(shape, Object.keys(definition.spellings ?? {}))) {
      const meant = closest(shape, wrong)?.meant;
      expect(meant, `${wrong} for ${name}`).toBeTypeOf("string");
      // Another name may be as near: `nTimeout` is `timeout` as well.
      if (meant !== name) expect(isOneSlip(wrong, String(meant)), `${wrong} for ${name}: ${meant}`).toBe(true);
    }
  },
);

function severities(document: object): string[] {
  const imported = importWorkflowDocument(document, stepDefinitions, triggerDefinitions);
  const issues = imported.ok
    ? validateSpec(imported.document.spec, {
        definitions: stepDefinitions,
        triggerDefinitions,
        connectors: connectorCatalog,
        connections: null,
        triggers: imported.document.triggers,
        config: imported.document.config,
        source: imported.document.source,
      })
    : imported.issues;
  return issues
    .filter(({ code }) => code === "unknown_field")
    .map(({ severity, message }) => `${severity}: ${message}`);
}

const one = (node: object, more: object = {}, spec: object = {}) => ({
  name: "One",
  spec: { startNodeId: "a", nodes: [{ id: "a", ...node }], edges: [], ...spec },
  ...more,
});
const approvalShape = nodeShape(stepDefinitions.approval);

it.each<[string, Fields, (wrong: string) => object]>([
  ["policy", shapeOf(approvalShape["policy"]), (wrong) => one({ type: "approval", policy: { [wrong]: true } })],
  ["quorum", shapeOf(approvalShape["quorum"]), (wrong) => one({ type: "approval", quorum: { [wrong]: 2 } })],
  [
    "retry",
    shapeOf(approvalShape["retry"]),
    (wrong) => one({ type: "service_call", service: "x", retry: { [wrong]: 1 } }),
  ],
  [
    "triggers",
    triggerSchema(triggerDefinitions).omit({ id: true, type: true }).shape,
    (wrong) => one({ type: "end" }, { triggers: [{ id: "t", type: "manual", [wrong]: "x" }] }),
  ],
  ["the start", shapeOf(stepDefinitions.start.config), (wrong) => one({ type: "start", [wrong]: {} })],
  [
    "the document's start",
    { inputSchema: triggerSchema(triggerDefinitions) },
    (wrong) => one({ type: "end" }, {}, { [wrong]: {} }),
  ],
])("B-11 each name of %s, misspelt by a letter, stops publishing", (_what, fields, documentWith) => {
  expect(Object.keys(fields).length).toBeGreaterThan(0);
  for (const [name, wrong] of everySlip(fields)) {
    const said = severities(documentWith(wrong));
    expect(said, `${wrong} for ${name}`).toContainEqual(expect.stringMatching(new RegExp(`^error: .*"${wrong}"`)));
    expect(said.join(" "), `${wrong} for ${name}`).toContain("Did you mean");
  }
});
