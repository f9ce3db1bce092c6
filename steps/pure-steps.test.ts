import { describe, expect, test } from "vitest";
import { executeCondition } from "./condition/execute";
import { conditionDefinition } from "./condition/definition";
import { executeDecision } from "./decision/execute";
import { decisionDefinition } from "./decision/definition";
import { executeEnd } from "./end/execute";
import { endDefinition } from "./end/definition";
import { executeLoop } from "./loop/execute";
import { loopDefinition } from "./loop/definition";
import { executeOutput } from "./output/execute";
import { outputDefinition } from "./output/definition";
import { executeParallel } from "./parallel/execute";
import { parallelDefinition } from "./parallel/definition";
import { executeStart } from "./start/execute";
import { startDefinition } from "./start/definition";
import { stepContext } from "./step-context.testkit";
import { executeTransform } from "./transform/execute";
import { transformDefinition } from "./transform/definition";

describe("condition", () => {
  test.each([
    ["pro", "true", "Passed"],
    ["enterprise", "false", "Not passed"],
  ])("F-16 plan %s goes %s and says %s", (plan, handle, summary) => {
    const { context } = stepContext(
      conditionDefinition,
      { expression: "current_plan != 'enterprise'" },
      { trigger: { current_plan: plan } },
    );
    expect(executeCondition.execute(context)).toEqual({
      kind: "completed",
      output: handle === "true",
      handle,
      summary,
    });
  });

  test("F-24 takes a JSON-logic object", () => {
    const { context } = stepContext(
      conditionDefinition,
      { expression: { ">": [{ var: "input.amount" }, 1000] } },
      { trigger: { amount: 2000 } },
    );
    expect(executeCondition.execute(context)).toMatchObject({ handle: "true" });
  });

  test.each([
    ["missing.thing", "missing_value"],
    ["1 +", "bad_expression"],
    ["'yes'", "not_a_boolean"],
    ["null", "not_a_boolean"],
    ["[true]", "not_a_boolean"],
  ])("%j fails and is never tried again", (expression, code) => {
    const { context } = stepContext(conditionDefinition, { expression });
    expect(executeCondition.execute(context)).toMatchObject({
      kind: "failed",
      error: { retryable: false, ...(code === "not_a_boolean" ? { code } : {}) },
    });
  });
});

describe("decision", () => {
  const fields = { expression: "step.kyc.output.ktpBundle.verdict", cases: ["passed", "requires_review", "failed"] };
  const decide = (verdict: string | number | null | boolean, more = {}) =>
    executeDecision.execute(
      stepContext(decisionDefinition, { ...fields, ...more }, { outputs: { kyc: { ktpBundle: { verdict } } } }).context,
    );

  test.each(["passed", "requires_review", "failed"])("K-22 K-23 verdict %s takes its case", (verdict) => {
    expect(decide(verdict)).toMatchObject({ kind: "completed", handle: verdict, output: verdict, summary: verdict });
  });

  test.each(["other", "", "PASSED", 7, null, true, "__proto__", "constructor"])(
    "K-23 %j takes the default",
    (verdict) => {
      expect(decide(verdict)).toMatchObject({ kind: "completed", handle: "default" });
    },
  );

  test("a default that names a case goes there; numbers and booleans compare as text", () => {
    expect(decide("other", { defaultCase: "failed" })).toMatchObject({ handle: "failed" });
    expect(decide(7, { cases: ["7"] })).toMatchObject({ handle: "7" });
    expect(decide(true, { cases: ["true"] })).toMatchObject({ handle: "true" });
  });

  test("B-31 a missing value takes the default, with a warning", () => {
    expect(
      executeDecision.execute(stepContext(decisionDefinition, fields, { outputs: { kyc: {} } }).context),
    ).toMatchObject({
      kind: "completed",
      output: null,
      handle: "default",
      warnings: [expect.stringContaining("nothing to decide on")],
    });
  });
});

describe("transform", () => {
  test("K-24 fills an object of templates and keeps types and structure", () => {
    const { context } = stepContext(
      transformDefinition,
      {
        expression: {
          applicantName: "${step.kyc.output.ocr.fullName}",
          nested: [{ n: "${step.kyc.output.score}" }],
          none: "${step.kyc.output.missing}",
          text: "Hi ${step.kyc.output.ocr.fullName}!",
        },
      },
      { outputs: { kyc: { ocr: { fullName: "Siti" }, score: 3 } } },
    );
    expect(executeTransform.execute(context)).toEqual({
      kind: "completed",
      output: { applicantName: "Siti", nested: [{ n: 3 }], none: null, text: "Hi Siti!" },
    });
  });

  test("takes a bare expression", () => {
    expect(
      executeTransform.execute(
        stepContext(transformDefinition, { expression: "input.n * 2" }, { trigger: { n: 4 } }).context,
      ),
    ).toMatchObject({ output: 8 });
    expect(
      executeTransform.execute(stepContext(transformDefinition, { expression: "n *" }, { trigger: { n: 4 } }).context),
    ).toMatchObject({ kind: "failed" });
  });
});

describe("loop", () => {
  const body = { startNodeId: "a", nodes: [], edges: [] };
  const open = (fields: Record<string, never> | object, world = {}) =>
    executeLoop.execute(stepContext(loopDefinition, { body, ...fields }, world).context);

  test("M-9 goes through the items that an expression gives", () => {
    const outputs = { low: { products: [{ sku: "a" }, { sku: "b" }] } };
    expect(
      open(
        { items: "${input.?products.orValue(step.low.output.products)}", itemName: "product", concurrency: 2 },
        { outputs },
      ),
    ).toEqual({
      kind: "opened",
      items: [{ sku: "a" }, { sku: "b" }],
      itemName: "product",
      concurrency: 2,
      onItemError: "fail",
    });
    expect(open({ items: "input.list", onItemError: "continue" }, { trigger: { list: [] } })).toMatchObject({
      kind: "opened",
      items: [],
      onItemError: "continue",
    });
    expect(open({ items: [1, "${input.x}"] }, { trigger: { x: 2 } })).toMatchObject({ items: [1, 2] });
  });

  test.each([
    [{ items: "${input.none}" }, "items_not_a_list"],
    [{ items: "'text'" }, "items_not_a_list"],
    [{ items: "input" }, "items_not_a_list"],
  ])("%j is refused with a sentence", (fields, code) => {
    expect(open(fields, { trigger: { a: 1 } })).toMatchObject({ kind: "failed", error: { code, retryable: false } });
  });

  test("at most 10,000 items", () => {
    const items = Array.from({ length: 10_001 }, (_, index) => index);
    expect(open({ items: "input.items" }, { trigger: { items: items.slice(0, 10_000) } })).toMatchObject({
      kind: "opened",
    });
    expect(open({ items: "input.items" }, { trigger: { items } })).toMatchObject({
      kind: "failed",
      error: { code: "too_many_items" },
    });
  });

  test("repeats until the condition holds, one round after the other, at most max times", () => {
    const fields = { until: "step.check.output.ok", max: 3, concurrency: 5 };
    expect(open(fields)).toMatchObject({ kind: "opened", items: null, max: 3, concurrency: 1 });
    const again = (ok: boolean | string, index: number) =>
      executeLoop.decideRepeat?.(
        stepContext(loopDefinition, { body, ...fields }, { outputs: { check: { ok } } }).context,
        index,
      );
    expect(again(false, 0)).toEqual({ again: true });
    expect(again(true, 0)).toEqual({ again: false });
    expect(again(false, 2)).toEqual({ again: false });
    expect(again("no", 0)).toMatchObject({ error: { code: "not_a_boolean" } });
    expect(executeLoop.decideRepeat?.(stepContext(loopDefinition, { body, ...fields }).context, 0)).toHaveProperty(
      "error",
    );
  });
});

describe("start, parallel, output, end", () => {
  test("start hands the input on", () => {
    expect(executeStart.execute(stepContext(startDefinition, {}, { trigger: { a: 1 } }).context)).toEqual({
      kind: "completed",
      output: { a: 1 },
    });
    expect(executeParallel.execute(stepContext(parallelDefinition, {}).context)).toEqual({
      kind: "completed",
      output: null,
    });
  });

  test("M-10 output maps what the run gives back", () => {
    const { context } = stepContext(
      outputDefinition,
      { output: { ordered: "${step.each.output}" } },
      { outputs: { each: [1, null] } },
    );
    expect(executeOutput.execute(context)).toEqual({ kind: "completed", output: { ordered: [1, null] } });
  });

  test.each([
    [{ message: "Upgraded ${input.who}" }, { message: "Upgraded Jane" }, "completed", "Upgraded Jane"],
    [{ status: "failed", message: "No" }, { message: "No" }, "failed", "No"],
    [{}, { message: null }, "completed", "Completed"],
    [{ status: "failed" }, { message: null }, "failed", "Failed"],
    [{ message: "m", output: { total: "${input.n}" } }, { message: "m", total: 2 }, "completed", "m"],
    [{ output: ["${input.n}"] }, { message: null, output: [2] }, "completed", "Completed"],
  ])("F-28 end %j", (fields, output, status, summary) => {
    const { context } = stepContext(endDefinition, fields, { trigger: { who: "Jane", n: 2 } });
    expect(executeEnd.execute(context)).toEqual({ kind: "completed", output, end: { status }, summary });
  });
});
