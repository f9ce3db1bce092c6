import { describe, expect, it } from "vitest";
import { defaultConfig } from "@/core/workflow/document";
import { importSpec } from "@/core/workflow/import";
import { stepDefinitions } from "@/steps/definitions";
import { compile } from "./compile";
import { skipRefusal } from "./skip-refusal";

const call = (id: string) => ({ id, type: "service_call", service: "bank", method: "POST", path: "/" });

function planOf(nodes: object[], edges: object[]) {
  const [first] = nodes as { id: string }[];
  const imported = importSpec({ startNodeId: first?.id ?? "", nodes, edges }, stepDefinitions);
  if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
  return compile(imported.spec, defaultConfig, stepDefinitions);
}

describe("which failed steps may be skipped", () => {
  const plan = planOf(
    [
      call("check"),
      { id: "ask", type: "approval", assignTo: "role:owner" },
      call("pay"),
      { id: "way", type: "condition", condition: "step.pay.status == 'completed'" },
      { id: "note", type: "transform", expression: { paid: true } },
    ],
    [
      { from: "check", to: "ask" },
      { from: "ask", to: "pay", case: "approved" },
      { from: "pay", to: "way" },
      { from: "way", to: "note", case: "true" },
    ],
  );

  it.each([
    ["pay", null],
    ["note", null],
    ["check", "An approval comes after this step, so it cannot be skipped."],
    ["ask", "This step decides how the run goes on, so it cannot be skipped."],
    ["way", "This step decides how the run goes on, so it cannot be skipped."],
    ["gone", "This step is not part of the workflow any more."],
  ])("%s: %s", (id, refusal) => {
    expect(skipRefusal(plan, id, stepDefinitions)).toBe(refusal);
  });
});
