import { mkdtemp, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectorCatalog } from "@/connectors/definitions";
import { asObject } from "@/core/json";
import { defaultConfig, type Issue, type Trigger } from "@/core/workflow/document";
import { applyOperations } from "@/core/workflow/edit/apply-operations";
import { diffDocuments } from "@/core/workflow/edit/diff-documents";
import { documentJsonSchema, workflowJsonSchema } from "@/core/workflow/json-schema";
import type { TriggerDefinition, TriggerDefinitions } from "@/core/workflow/trigger-definition";
import { addressPathOf, eventNameOf, nextTimesOf, triggerMenu, triggerSentence } from "@/core/workflow/trigger-lookup";
import { triggerTitle } from "@/core/workflow/trigger-title";
import { validateSpec } from "@/core/workflow/validate";
import { importWorkflowDocument } from "@/core/workflow/workflow-document";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "./definitions";

// The whole of a new type, as CONTRIBUTING.md asks for it. No other file of the project knows of it.
const written = `
import { z } from "zod";
import { defineTrigger } from "@/triggers/define-trigger";

export const tideDefinition = defineTrigger({
  type: "tide",
  title: "Tide",
  hint: "The water has risen",
  icon: "waves",
  menuPlace: 7,
  fields: { metres: z.number().optional(), when: z.string().optional() },
  starter: { metres: 2 },
  sentence: ({ metres }) => \`When the water stands at \${String(metres)} m.\`,
  detail: ({ metres }) => \`at \${String(metres)} m\`,
  changeWords: (field, before, after) => field === "metres" ? \`rises from \${String(before.metres)} m to \${String(after.metres)} m\` : null,
  sees: { trigger: ["level"], request: false },
  expressionSites: ({ when }) => (when === undefined ? [] : [{ path: "when", kind: "expression", value: when }]),
  startedByMembers: false,
  isRequestable: false,
  mayTalk: false,
  addressPath: "/tide/",
  hasSecret: false,
  listensTo: ({ metres }) => \`water.\${String(metres)}\`,
  nextTimes: (_trigger, after, count) => Array.from({ length: count }, (_, index) => after + (index + 1) * 1000),
  sample: () => ({ level: 2 }),
  lint: ({ metres }) =>
    metres === undefined
      ? [{ code: "invalid_config", severity: "error", path: "metres", message: "Say how high." }]
      : [],
});
`;

const spec = {
  nodes: [
    { id: "start", type: "start" },
    { id: "end", type: "end" },
  ],
  edges: [{ from: "start", to: "end" }],
};
const tide: Trigger = { id: "tide", type: "tide", metres: 2 };
let folder = "";
let registry: TriggerDefinitions = triggerDefinitions;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "recipe-"));
  await mkdir(join(folder, "tide"));
  await symlink(join(import.meta.dirname, "../node_modules"), join(folder, "node_modules"));
  const path = join(folder, "tide", "definition.ts");
  await writeFile(path, written);
  const { tideDefinition } = (await import(path)) as { tideDefinition: TriggerDefinition };
  registry = { ...triggerDefinitions, tide: tideDefinition };
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function read(trigger: object) {
  return importWorkflowDocument({ name: "Harbour", triggers: [trigger], spec }, stepDefinitions, registry);
}

/** What is said of its only trigger: path and message. */
function said(trigger: object): string[] {
  const imported = read(trigger);
  const found: Issue[] = imported.ok
    ? validateSpec(imported.document.spec, {
        definitions: stepDefinitions,
        triggerDefinitions: registry,
        connectors: connectorCatalog,
        connections: null,
        triggers: imported.document.triggers,
        config: imported.document.config,
      })
    : imported.issues;
  return found.filter(({ path }) => path.startsWith("triggers")).map(({ path, message }) => `${path}: ${message}`);
}

function documentWith(...triggers: Trigger[]) {
  const imported = read(tide);
  if (!imported.ok) throw new Error("The document cannot be read.");
  return { spec: imported.document.spec, triggers, config: defaultConfig };
}

describe("a new type of trigger is a folder and a line in the registry", () => {
  it("documents may have it, and its own fields are checked", () => {
    expect(read({ type: "Tide", metres: 2 })).toMatchObject({ ok: true, document: { triggers: [tide] } });
    expect(said({ type: "tide", metres: "high" })).toEqual([expect.stringMatching(/^triggers\[0\]\.metres: /)]);
    expect(said({ type: "tides" })).toEqual([expect.stringContaining('Did you mean "tide"?')]);
  });

  it("stands in both JSON Schemas with its fields", () => {
    for (const schema of [
      workflowJsonSchema(stepDefinitions, registry),
      documentJsonSchema(stepDefinitions, registry),
    ]) {
      const items = asObject(asObject(asObject(schema["properties"])["triggers"])["items"]);
      expect(items["properties"]).toMatchObject({ metres: { type: "number" } });
      expect(asObject(asObject(items["properties"])["type"])["enum"]).toContain("tide");
    }
  });

  it("says itself what is wrong with it, and what its expressions may read", () => {
    expect(said({ type: "tide", metres: 2, when: "trigger.level > 1" })).toEqual([]);
    expect(said({ type: "tide" })).toEqual(["triggers[0].metres: Say how high."]);
    expect(said({ type: "tide", metres: 2, when: "trigger.levl > 1" })).toEqual([
      'triggers[0].when: A tide has no `trigger.levl`. Did you mean "level"? It knows level.',
    ]);
    expect(said({ type: "tide", metres: 2, label: "${request.method}" })).toEqual([
      "triggers[0].label: `request` is known to webhooks only.",
    ]);
    expect(said({ type: "tide", metres: 2, metre: 3 })).toEqual([expect.stringContaining('Did you mean "metres"?')]);
  });

  it("is edited and compared in its own words", () => {
    const before = documentWith(tide);
    const put = { op: "put_trigger" as const, trigger: { ...tide, metres: 3 } };
    const { document, refused } = applyOperations(before, [put], stepDefinitions, registry);
    expect(refused).toEqual([]);
    const changes = (from: typeof before, to: typeof before) =>
      diffDocuments(from, to, stepDefinitions, registry).map(({ text }) => text);
    expect(changes(before, document)).toEqual(["Tide trigger tide: rises from 2 m to 3 m"]);
    expect(changes(documentWith(), before)).toEqual(["Tide trigger was added: at 2 m"]);
  });

  it("is offered in the menu, and has a title and a sentence", () => {
    expect(triggerMenu(registry).at(-1)).toMatchObject({ title: "Tide", hint: "The water has risen", icon: "waves" });
    expect(triggerTitle({ ...tide, id: "tide_2" }, [tide], registry)).toBe("Tide 2");
    expect(triggerSentence(tide, registry)).toBe("When the water stands at 2 m.");
  });

  it("says where it is reached, what it listens to and when it starts", () => {
    expect(addressPathOf(tide, registry)).toBe("/tide/");
    expect(eventNameOf(tide, registry)).toBe("water.2");
    expect(nextTimesOf(tide, 0, 2, registry)).toEqual([1000, 2000]);
  });
});
