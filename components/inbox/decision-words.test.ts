import { describe, expect, it } from "vitest";
import type { DecisionRecord } from "@/core/contracts/approval";
import { decisionWords } from "./decision-words";

const record: DecisionRecord = {
  by: null,
  onBehalfOf: null,
  via: null,
  messageToRequester: null,
  edits: [],
  timeoutEffect: null,
  cancelled: null,
};

function sentence(status: "approved" | "rejected" | "timed_out" | "cancelled" | "superseded", more: object): string {
  const decision = status === "superseded" ? "approved" : status;
  const words = decisionWords({ decision, status, record: { ...record, ...more } });
  return words === null ? "" : [words.who, words.did, words.what, ...words.more].filter(Boolean).join(" ");
}

describe("the end of an approval in words", () => {
  it.each([
    ["approved", { by: "Kim" }, "Kim approved this"],
    ["rejected", { by: "Max" }, "Max rejected this"],
    ["superseded", { by: "Kim" }, "Kim approved this It was asked again since."],
    ["timed_out", { timeoutEffect: "approved" }, "Nobody decided in time That counted as approved."],
    ["timed_out", { timeoutEffect: "asked_others" }, "Nobody decided in time Others were asked instead."],
    ["timed_out", {}, "Nobody decided in time"],
    [
      "cancelled",
      { cancelled: { by: "Olive", reason: "customer withdrew" } },
      "Olive cancelled the run before anybody decided “customer withdrew”",
    ],
    ["cancelled", { cancelled: { by: "Olive", reason: null } }, "Olive cancelled the run before anybody decided"],
    ["cancelled", {}, "No longer asked The run ended, or went on, without a decision."],
  ] as const)("A15 %s %j: %s", (status, more, words) => {
    expect(sentence(status, more)).toBe(words);
  });

  it("is nothing while it is open", () => {
    expect(decisionWords({ decision: null, status: "pending", record: null })).toBeNull();
  });
});
