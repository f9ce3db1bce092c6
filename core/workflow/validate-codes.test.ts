import { describe, expect, it } from "vitest";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import kyc from "./fixtures/indonesian-kyc-v1.json";
import upgrade from "./fixtures/subscription-upgrade.json";
import stock from "./fixtures/weekly-stock-check.json";
import { blocksPublishing, validateSpec } from "./validate";
import { importWorkflowDocument } from "./workflow-document";
import { failing } from "./failing-documents.testkit";
import { approve, chain, context, done, issuesOf } from "./validate.testkit";

const warnings = new Set([
  "missing_branch",
  "approval_without_reject_path",
  "approval_without_timeout",
  "unsafe_repeat",
  "shadowed_item",
  "unused_output",
]);

describe("validateSpec", () => {
  it.each(failing)("names %s at %s", (code, path, raw, overrides) => {
    const found = issuesOf(raw, overrides).find((issue) => issue.code === code && issue.path === path);
    expect(found, JSON.stringify(issuesOf(raw, overrides), null, 1)).toBeDefined();
    expect(found?.severity).toBe(warnings.has(code) ? "warning" : "error");
    expect(found?.message).toMatch(/^\S.*[.?]$/s);
  });

  it("K-16 C10 shows every code of the specification at least once", () => {
    const specified = [
      ..."cycle no_start unknown_type duplicate_id dangling_edge missing_default_case branch_conflict unknown_reference bad_expression unknown_connection unknown_action".split(
        " ",
      ),
      ..."invalid_config no_trigger unreachable_node too_large test_override_in_spec step_not_available".split(" "),
      ...warnings,
    ];
    expect(specified.filter((code) => !failing.some(([shown]) => shown === code))).toEqual([]);
  });

  it("finds nothing wrong in the subscription upgrade", () => {
    const imported = importWorkflowDocument(upgrade, stepDefinitions, triggerDefinitions);
    if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
    const { spec, triggers, config } = imported.document;
    expect(
      validateSpec(spec, {
        ...context,
        triggers,
        config,
        people: {
          all: () => ["max"],
          behind: (reference) => (reference === "role:manager" ? ["max"] : null),
          may: () => true,
        },
      }),
    ).toEqual([]);
  });

  it("K-22 finds nothing wrong in the KYC example", () => {
    expect(issuesOf(kyc.spec)).toEqual([]);
  });

  it("the weekly stock check waits for the LLM step alone", () => {
    const imported = importWorkflowDocument(stock, stepDefinitions, triggerDefinitions);
    if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
    const { spec, triggers, config } = imported.document;
    const issues = validateSpec(spec, { ...context, triggers, config });
    expect(issues.filter(({ severity }) => severity === "error").map(({ code, nodeId }) => [code, nodeId])).toEqual([
      ["step_not_available", "draft"],
    ]);
    expect(issues.filter(({ severity }) => severity === "warning").map(({ code, nodeId }) => [code, nodeId])).toEqual([
      ["approval_without_timeout", "ask"],
      ["unsafe_repeat", "order"],
    ]);
  });

  it("warnings do not block publishing, errors do", () => {
    expect(blocksPublishing(issuesOf(chain([{ ...approve, timeoutHours: null }, done])))).toBe(false);
    expect(blocksPublishing(issuesOf(chain([{ ...approve, calendar: "office", timeoutHours: undefined }, done])))).toBe(
      true,
    );
  });
});
