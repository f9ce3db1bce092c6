import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { EditableDocument } from "@/core/workflow/edit/operation";
import { exportSpec } from "@/core/workflow/export";
import { documentJsonSchema } from "@/core/workflow/json-schema";
import { importWorkflowDocument } from "@/core/workflow/workflow-document";
import { findIssues } from "@/components/builder/state/find-issues";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { documentText } from "./document-text";
import { docsAt } from "./json-hover";
import { readDocumentText } from "./json-problems";

const schema = documentJsonSchema(stepDefinitions, triggerDefinitions);
const fixture = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../../../core/workflow/fixtures", name), "utf8")) as Record<
    string,
    unknown
  >;

function open(name: string): EditableDocument {
  const imported = importWorkflowDocument(fixture(name), stepDefinitions, triggerDefinitions);
  if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
  const { spec, triggers, config } = imported.document;
  return { spec, triggers: triggers ?? [], config };
}

const read = (text: string, before: EditableDocument) =>
  readDocumentText(text, { before, definitions: stepDefinitions, triggerDefinitions, schema, check: findIssues });
const lineOf = (text: string, from: number) => text.slice(0, from).split("\n").length;

describe("the JSON view", () => {
  it.each(["subscription-upgrade.json", "indonesian-kyc-v1.json", "weekly-stock-check.json"])(
    "%s: a text that nobody touched is the same document, and exports in its author's spelling",
    (name) => {
      const before = open(name);
      const text = documentText(before);
      expect(text).not.toContain("x-source");
      const { document, problems } = read(text, before);
      expect(document).toEqual(before);
      expect(problems.filter(({ message }) => message.includes("not known here"))).toEqual([]);
      expect(exportSpec((document as EditableDocument).spec, stepDefinitions)).toEqual(fixture(name)["spec"]);
    },
  );

  it("marks a syntax error where it is", () => {
    const text = '{\n  "spec": {\n    "nodes": []\n    "edges": []\n  }\n}';
    const { document, problems } = read(text, open("subscription-upgrade.json"));
    expect(document).toBeNull();
    expect(problems).toHaveLength(1);
    expect([lineOf(text, problems[0]?.from ?? 0), problems[0]?.message]).toEqual([
      4,
      "A comma is missing before this.",
    ]);
  });

  it("marks what cannot become a document, and what validation finds, at their lines", () => {
    const before = open("subscription-upgrade.json");
    const text = documentText(before);
    const typo = text.replace('"type": "notify"', '"type": "notfy"');
    const [unknown] = read(typo, before).problems;
    expect(text.split("\n")[lineOf(typo, unknown?.from ?? 0) - 1]).toContain('"type": "notify"');
    expect(unknown?.message).toContain("notify");
    const broken = text.replace("current_plan != 'enterprise'", "current_plan != ");
    const found = read(broken, before);
    expect(found.document).not.toBeNull();
    const bad = found.problems.find(({ severity }) => severity === "error");
    expect(broken.split("\n")[lineOf(broken, bad?.from ?? 0) - 1]).toContain('"expression"');
  });

  it("warns of names that no schema knows, and suggests the nearest", () => {
    const before = open("subscription-upgrade.json");
    const text = documentText(before).replace('"timeoutHours"', '"timeoutHors"');
    const warning = read(text, before).problems.find(({ message }) => message.includes("timeoutHors"));
    expect(warning).toMatchObject({ severity: "warning" });
    expect(text.slice(warning?.from, warning?.to)).toBe('"timeoutHors"');
    expect(warning?.message).toContain("timeoutHours");
  });

  it("explains the name under the pointer", () => {
    const text = documentText(open("subscription-upgrade.json"));
    const docs = docsAt(text, text.indexOf("timeoutHours") + 2, schema);
    expect(docs).toMatchObject({ name: "timeoutHours", type: "number", description: expect.stringContaining("Hours") });
    expect(docsAt(text, text.indexOf("jane") + 1, schema)).toBeNull();
  });
});
