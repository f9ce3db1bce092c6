import { describe, expect, it } from "vitest";
import type { RunStep } from "@/core/contracts/run";
import { previewText } from "@/components/builder/designers/preview-text";
import type { SampleRun } from "@/components/builder/state/builder-state";
import { placeScope, sampleValue, sampleValues } from "./sample-values";

function step(nodeId: string, output: RunStep["output"], status: RunStep["status"] = "completed"): RunStep {
  return {
    id: nodeId,
    key: nodeId,
    nodeId,
    iteration: "",
    name: nodeId,
    type: "tool_call",
    status,
    attempt: 1,
    detail: "",
    summary: null,
    input: null,
    output,
    error: null,
    attempts: [],
    snapshot: false,
    warnings: [],
    cut: [],
    startedAt: null,
    endedAt: "2026-11-21T10:00:00.000Z",
    durationMs: null,
    waiting: null,
  };
}

const run: SampleRun = {
  runId: "run_1",
  test: true,
  input: { email: "jane@acme.com", products: [{ sku: "A1" }, { sku: "B2" }] },
  steps: [step("preview", { amount: 42.6 }), step("later", null, "pending")],
};
const outside = placeScope(sampleValues(run), { vars: { limit: 100 }, containers: [], extra: {} });

describe("the value of the last run", () => {
  it("M-3 reads input, variables and what earlier steps gave", () => {
    expect(sampleValue("expression", "step.preview.output.amount < limit", outside)).toEqual({ ok: true, value: true });
    expect(sampleValue("template", "${input.email}: ${step.preview.output.amount}", outside)).toEqual({
      ok: true,
      value: "jane@acme.com: 42.6",
    });
  });

  it("has none for a step that did not run, and says so", () => {
    expect(sampleValue("expression", "step.later.output.x", outside).ok).toBe(false);
  });

  it("M-9 reads the first item inside a loop, also of a loop in a loop", () => {
    const loop = { id: "each", type: "loop", items: "input.products", itemName: "product" };
    const inner = { id: "inner", type: "loop", items: "[product.sku, 'x']", itemName: "code" };
    const scope = placeScope(sampleValues(run), { vars: {}, containers: [inner, loop], extra: {} });
    expect(sampleValue("expression", "product.sku + code + string(index)", scope)).toEqual({
      ok: true,
      value: "A1A10",
    });
  });

  it("A preview shows the value, or the name of what will stand there", () => {
    expect(previewText("Pay ${step.preview.output.amount} to ${input.name}", outside)).toBe("Pay 42.6 to [name]");
    expect(previewText("Pay ${step.preview.output.amount}", null)).toBe("Pay [amount]");
  });
});
