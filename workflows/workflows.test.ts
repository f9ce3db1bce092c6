import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { connectorCatalog } from "@/connectors/definitions";
import { validateSpec } from "@/core/workflow/validate";
import { exportWorkflowDocument, importWorkflowDocument } from "@/core/workflow/workflow-document";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";

const folder = import.meta.dirname;
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

/** What may still stand in the way of publishing a file, by its name. */
const known: Readonly<Record<string, string[]>> = { "weekly-stock-check.json": ["step_not_available"] };

describe("workflows as code", () => {
  test("the demo's workflows are here", () => {
    expect(files).toEqual(["indonesian-kyc-v1.json", "refund-desk.json", "subscription-upgrade.json", "weekly-stock-check.json"]);
  });

  test.each(files)("%s loads, has no unexpected error, and comes out as it went in", (name) => {
    const raw: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
    const imported = importWorkflowDocument(raw, stepDefinitions, triggerDefinitions);
    if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
    const { document } = imported;
    const issues = validateSpec(document.spec, { definitions: stepDefinitions, triggerDefinitions, connectors: connectorCatalog, connections: ["identity", "aml", "stripe", "shopify"], triggers: document.triggers, config: document.config });
    expect([...new Set(issues.filter((issue) => issue.severity === "error").map((issue) => issue.code))]).toEqual(known[name] ?? []);
    expect(exportWorkflowDocument(document, stepDefinitions, triggerDefinitions)).toEqual(raw);
  });
});
