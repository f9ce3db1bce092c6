import { describe, expect, it } from "vitest";
import { spend } from "@/core/approver-rules/rules.testkit";
import type { RuleDocument } from "@/core/approver-rules/document";
import type { JsonObject } from "@/core/json";
import { approvalDefinition } from "./approval/definition";
import { executeApproval } from "./approval/execute";
import { approvalProblems } from "./approval/problems";
import { stepContext, testNow, type TestWorld } from "./step-context.testkit";
import { due, resolved } from "./waiting-steps.testkit";

const known = ["role:manager", "role:finance", "role:lead", "role:owner"];
const rules = { table: "spend", values: { amount: "${input.amount}", site: "${input.site}" } };
const live = (document: RuleDocument = spend, version = 1): TestWorld["rules"] => [
  { key: "spend", name: "Spend", version, document },
];
const ask = (trigger: JsonObject, fields: JsonObject = {}, world: TestWorld = {}) =>
  executeApproval.execute(
    stepContext(approvalDefinition, { rules, ...fields }, { known, rules: live(), trigger, ...world }).context,
  );
const dear: JsonObject = { amount: "12000 EUR", site: "Lyon" };
const cheap: JsonObject = { amount: "€500", site: "Lyon" };

describe("row 26 an approval that a table of rules addresses", () => {
  it("asks whom the row names, as it says, and keeps which row that was", async () => {
    expect(await ask(dear)).toMatchObject({
      kind: "waiting",
      waitpoint: {
        assignees: ["role:manager", "role:finance"],
        dueAt: testNow + 48 * 3_600_000,
        request: {
          quorum: { mode: "all" },
          policy: { requesterCannotApprove: true, commentRequiredOn: ["rejected"] },
          rule: {
            table: "spend",
            name: "Spend",
            version: 1,
            row: 2,
            because: ["Amount over €10,000", "Site Lyon"],
            escalateTo: ["role:owner"],
          },
        },
      },
    });
    const one = await ask(cheap, { timeoutHours: 3 });
    expect(one).toMatchObject({ waitpoint: { assignees: ["role:lead"], dueAt: testNow + 3 * 3_600_000 } });
    expect(one).not.toHaveProperty("waitpoint.request.quorum");
  });

  it("is never less strict than the step by itself", async () => {
    const policy = {
      requesterCannotApprove: true,
      neverTwice: true,
      commentRequiredOn: ["approved"],
      editable: ["input.amount"],
    };
    expect(await ask(cheap, { policy })).toMatchObject({ waitpoint: { request: { policy } } });
    expect(await ask(dear, { policy })).toMatchObject({
      waitpoint: {
        request: { policy: { ...policy, commentRequiredOn: ["approved", "rejected"], editable: [] } },
      },
    });
  });

  it("what is missing is decided by the last row; where that refuses, the step fails with a sentence", async () => {
    expect(await ask({ site: "Lyon" })).toMatchObject({
      waitpoint: { assignees: ["role:owner"], request: { rule: { row: null } } },
    });
    const refusing = live({ ...spend, otherwise: { refuse: true, note: "Ask the board." } }, 7);
    expect(await ask({ ...dear, amount: "12000 USD" }, {}, { rules: refusing })).toEqual({
      kind: "failed",
      error: {
        code: "no_approver",
        class: "other",
        retryable: false,
        message:
          "By the rule “Spend”, version 7, nobody may approve this: no row can be chosen, because amount is no amount in EUR that can be told. Ask the board.",
      },
    });
    expect(await ask(dear, {}, { rules: [] })).toMatchObject({ kind: "failed", error: { code: "unknown_rule_table" } });
  });

  it("an escalation goes where the row said when it asked, once, whatever the table says by then", async () => {
    const first = await ask(dear);
    if (first.kind !== "waiting") throw new Error("waits");
    const { context } = stepContext(
      approvalDefinition,
      { rules, timeoutHours: 1, onTimeout: "fail" },
      { known, rules: live({ ...spend, rows: [] }, 2), trigger: dear },
    );
    const second = await executeApproval.resolve?.(context, due, first.waitpoint.request);
    expect(second).toMatchObject({
      kind: "waiting",
      waitpoint: {
        assignees: ["role:owner"],
        dueAt: due.at + 48 * 3_600_000,
        request: { escalated: true, rule: { version: 1, row: 2 } },
      },
    });
    if (second?.kind !== "waiting") throw new Error("waits");
    expect(await executeApproval.resolve?.(context, due, second.waitpoint.request)).toMatchObject({
      kind: "failed",
      reason: "approval_timed_out",
    });
  });

  it("the output says why these people were asked; without a rule it says nothing of it", async () => {
    const asked = await ask(cheap);
    if (asked.kind !== "waiting") throw new Error("waits");
    const { context } = stepContext(approvalDefinition, { rules }, { known, rules: [], trigger: cheap });
    expect(await executeApproval.resolve?.(context, resolved("approved"), asked.waitpoint.request)).toMatchObject({
      output: { decision: "approved", rule: "Asked by the rule “Spend”, version 1: amount up to €1,000" },
    });
    expect(await executeApproval.resolve?.(context, resolved("approved"), {})).not.toHaveProperty("output.rule");
  });

  it("people and a table in one step are one too many", () => {
    const problems = (fields: JsonObject) => {
      const config = approvalDefinition.config.parse({ rules, ...fields });
      return approvalProblems(
        config,
        { id: "ask", type: "approval" },
        { connected: new Set(["rejected"]), inBody: false, mayTalk: false },
      )
        .filter(({ severity }) => severity === "error")
        .map(({ path }) => path);
    };
    expect(problems({})).toEqual([]);
    expect(problems({ assignTo: "role:manager", quorum: { mode: "all" } })).toEqual(["assignTo", "quorum"]);
  });
});
