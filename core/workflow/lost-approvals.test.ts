import { describe, expect, it } from "vitest";
import { stepDefinitions } from "@/steps/definitions";
import type { Spec } from "./document";
import { approval, lostApprovals, pay, spec, type Written } from "./lost-approvals.testkit";

const live = spec([approval, pay], [["ask", "pay", "approved"]]);
const names = (other: Spec): string[] => lostApprovals(live, other, stepDefinitions).map(({ name }) => name);

it("H3 is the approval too that another condition leads to", () => {
  const limit = (amount: number): Written => ({
    id: "limit",
    type: "condition",
    expression: `input.amount > ${amount}`,
  });
  const withLimit = (amount: number): Spec =>
    spec(
      [limit(amount), approval, pay],
      [
        ["limit", "ask", "true"],
        ["limit", "pay", "false"],
        ["ask", "pay", "approved"],
      ],
    );
  const lost = (other: Spec) => lostApprovals(withLimit(100), other, stepDefinitions).map(({ name }) => name);
  expect(lost(withLimit(100))).toEqual([]);
  expect(lost(withLimit(1_000_000))).toEqual(["Manager"]);
});

describe("H11 what an old version asks for less than the live one", () => {
  it("is nothing where names and places differ only, or where it asks for more", () => {
    expect(names(live)).toEqual([]);
    const drawn = { ...approval, name: "Boss", note: "x", ui: { position: { x: 1, y: 2 } } };
    expect(names(spec([drawn, pay], [["ask", "pay", "approved"]]))).toEqual([]);
    const second = { ...approval, id: "twice" };
    expect(
      names(
        spec(
          [approval, second, pay],
          [
            ["ask", "twice", "approved"],
            ["twice", "pay", "approved"],
          ],
        ),
      ),
    ).toEqual([]);
    expect(lostApprovals(spec([pay], []), live, stepDefinitions)).toEqual([]);
  });

  it.each<[string, Spec]>([
    ["that is not there", spec([pay], [])],
    ["that is switched off", spec([{ ...approval, disabled: true }, pay], [["ask", "pay", "approved"]])],
    ["that asks somebody else", spec([{ ...approval, assignTo: "role:viewer" }, pay], [["ask", "pay", "approved"]])],
    ["that gives another time", spec([{ ...approval, timeoutMs: 1000 }, pay], [["ask", "pay", "approved"]])],
    [
      "that the payment goes around",
      spec(
        [{ id: "fork", type: "parallel" }, approval, pay],
        [
          ["fork", "ask"],
          ["fork", "pay"],
        ],
      ),
    ],
  ])("is an approval %s", (_, other) => {
    expect(names(other)).toEqual(["Manager"]);
  });

  it("is an approval of a loop's items as well", () => {
    const looped = (nodes: Written[], edges: { from: string; to: string; case: string }[]) =>
      spec([{ id: "each", type: "loop", items: "${input.a}", body: { startNodeId: nodes[0]?.id, nodes, edges } }], []);
    const before = looped([approval, pay], [{ from: "ask", to: "pay", case: "approved" }]);
    expect(lostApprovals(before, looped([pay], []), stepDefinitions)).toEqual([{ id: "ask", name: "Manager" }]);
    expect(lostApprovals(before, before, stepDefinitions)).toEqual([]);
  });
});
