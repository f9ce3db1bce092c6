import { describe, expect, it } from "vitest";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { defaultConfig } from "./document";
import kyc from "./fixtures/indonesian-kyc-v1.json";
import upgrade from "./fixtures/subscription-upgrade.json";
import stock from "./fixtures/weekly-stock-check.json";
import { exportWorkflowDocument, importWorkflowDocument, triggerView } from "./workflow-document";
import type { WorkflowDocument } from "./workflow-document";

const spec = { startNodeId: "a", nodes: [{ id: "a", type: "end" }], edges: [] };

function imported(raw: unknown): WorkflowDocument {
  const result = importWorkflowDocument(raw, stepDefinitions, triggerDefinitions);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.document;
}

function refusals(raw: unknown): string[] {
  const result = importWorkflowDocument(raw, stepDefinitions, triggerDefinitions);
  return result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path}`);
}

describe("workflow documents", () => {
  it.each([
    ["K-3 indonesian-kyc-v1", kyc],
    ["F-31 subscription-upgrade", upgrade],
    ["M-4 weekly-stock-check", stock],
  ])("%s comes out as it went in", (_name, raw) => {
    expect(exportWorkflowDocument(imported(raw), stepDefinitions, triggerDefinitions)).toEqual(raw);
  });

  it("M-20 M-21 M-22 M-23 have the source's defaults", () => {
    expect(imported({ spec }).config).toEqual(defaultConfig);
    expect(defaultConfig).toMatchObject({ timeoutMs: 300_000, maxRetries: 3, backoff: 1000, variables: {} });
    expect(imported({ config: { concurrency: { limit: 2 } }, spec }).config.concurrency).toEqual({
      limit: 2,
      key: null,
      whenFull: "queue",
    });
  });

  it("M-19 enabled and whileDraft are carried beside the versioned settings", () => {
    const raw = { name: "A", config: { enabled: false, whileDraft: "block", maxRetries: 0, team: "ops" }, spec };
    const document = imported(raw);
    expect(document).toMatchObject({ name: "A", enabled: false, whileDraft: "block" });
    expect(document.config).toEqual({ ...defaultConfig, maxRetries: 0 });
    expect(exportWorkflowDocument(document, stepDefinitions, triggerDefinitions)).toEqual(raw);
    expect(
      exportWorkflowDocument({ ...document, enabled: true }, stepDefinitions, triggerDefinitions)["config"],
    ).toEqual({
      enabled: true,
      whileDraft: "block",
      maxRetries: 0,
      team: "ops",
    });
  });

  it("K-8 K-9 C22 one trigger type and spec become the first trigger, and are a view of it", () => {
    const document = imported({
      triggerType: "schedule",
      triggerSpec: { cron: "0 9 * * 1-5", timezone: "Asia/Jakarta" },
      spec,
    });
    expect(document.triggers).toEqual([
      { id: "schedule", type: "schedule", cron: "0 9 * * 1-5", timezone: "Asia/Jakarta" },
    ]);
    expect(triggerView(document.triggers)).toEqual({
      triggerType: "schedule",
      triggerSpec: { cron: "0 9 * * 1-5", timezone: "Asia/Jakarta" },
    });
    expect(triggerView(imported(kyc).triggers)).toEqual({ triggerType: "api", triggerSpec: null });
    expect(triggerView([])).toEqual({ triggerType: null, triggerSpec: null });
  });

  it("M-11 several triggers; one without an id gets a name; none given is not the same as an empty list", () => {
    expect(
      imported({
        triggers: [{ type: "Webhook" }, { type: "webhook" }, { id: "x", type: "manual" }],
        spec,
      }).triggers?.map(({ id }) => id),
    ).toEqual(["webhook", "webhook_2", "x"]);
    expect(imported({ spec }).triggers).toBeNull();
    expect(imported({ triggers: [], spec }).triggers).toEqual([]);
  });

  it("refuses wrong shapes with the place in the document", () => {
    expect(refusals([])).toEqual(["invalid_shape "]);
    expect(refusals({ name: "no spec" })).toEqual(["invalid_shape spec"]);
    expect(refusals({ name: 5, spec })).toEqual(["invalid_shape name"]);
    expect(refusals({ config: { timeoutMs: -1 }, spec })).toEqual(["invalid_config config.timeoutMs"]);
    expect(refusals({ triggers: [{ type: "telepathy" }], spec })).toEqual(["invalid_shape triggers[0].type"]);
    expect(refusals({ spec: { nodes: [{ id: "a", type: "what" }] } })).toEqual(["unknown_type spec.nodes[0].type"]);
  });

  it("K-19 every spelling of backoff is accepted as it is", () => {
    for (const backoff of [
      0,
      250,
      "exponential",
      { type: "fixed", delayMs: 10 },
      { type: "exponential", factor: 3, maxDelayMs: 5_000, jitter: false },
    ]) {
      expect(imported({ config: { backoff }, spec }).config.backoff).toEqual(backoff);
    }
    expect(refusals({ config: { backoff: "slow" }, spec })).toEqual(["invalid_config config.backoff"]);
  });
});
