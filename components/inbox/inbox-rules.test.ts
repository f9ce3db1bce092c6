import { describe, expect, it } from "vitest";
import { lostAnswerSentence, lostRaceSentence } from "./lost-race";
import { moneyField } from "./money-field";
import { resultSentence } from "./result-sentence";
import { afterDecision, neighbour } from "./list-moves";

describe("moving through the list", () => {
  const ids = ["a", "b", "c"];

  it("stops at both ends and starts at the first", () => {
    expect(neighbour(ids, "b", 1)).toBe("c");
    expect(neighbour(ids, "c", 1)).toBe("c");
    expect(neighbour(ids, "a", -1)).toBe("a");
    expect(neighbour(ids, null, 1)).toBe("a");
    expect(neighbour(ids, "gone", -1)).toBe("a");
    expect(neighbour([], null, 1)).toBeNull();
  });

  it("goes on with the next after a decision, and back from the last", () => {
    expect(afterDecision(ids, "a")).toBe("b");
    expect(afterDecision(ids, "c")).toBe("b");
    expect(afterDecision(["a"], "a")).toBeNull();
  });
});

describe("the money on a card", () => {
  it("F-41 is the amount", () => {
    const fields = [
      { label: "Customer", value: "jane@acme.com" },
      { label: "Plan Change", value: "Pro → Enterprise" },
      { label: "Amount", value: "$42.60/mo prorated" },
    ];
    expect(moneyField(fields)).toBe("$42.60/mo prorated");
  });

  it("is found by its currency when it is called something else", () => {
    expect(moneyField([{ label: "Limit", value: "IDR 4500000" }])).toBe("IDR 4500000");
  });

  it("is absent when there is none", () => {
    expect(moneyField([{ label: "NIK", value: "3171234567890123" }])).toBeNull();
  });
});

describe("losing a race", () => {
  const now = Date.parse("2026-11-21T09:00:00Z");
  it("names who was first, and when in the viewer's zone", () => {
    const extra = { decision: "approved", decided_by: "Kim", decided_at: "2026-11-21T08:17:00Z" };
    expect(lostRaceSentence(extra, now, "Asia/Kathmandu")).toBe("Kim approved this at 14:02.");
  });

  it("leaves the words to the server when the run was over", () => {
    expect(lostRaceSentence({ decision: "cancelled", decided_at: null }, now)).toBeNull();
    const answered = { resolved_by: "Kim", resolved_at: "2026-11-21T08:17:00Z", outcome: "submitted" };
    expect(lostAnswerSentence(answered, now, "Asia/Kathmandu")).toBe(
      "Kim answered this at 14:02. Your answer was not taken.",
    );
    expect(lostAnswerSentence({ ...answered, resolved_by: null }, now, "Asia/Kathmandu")).toBe(
      "This was closed at 14:02. Your answer was not taken.",
    );
    expect(lostAnswerSentence({}, now)).toBeNull();
  });
});

describe("the sentence after a decision", () => {
  it.each([
    ["approved", ["charges $42.60", "writes to the customer"], "Approved. It charges $42.60."],
    [
      "rejected",
      ["fails the run, since nothing else is connected"],
      "Rejected. It fails the run, since nothing else is connected.",
    ],
    ["approved", ["ends the run: “Upgraded.”"], "Approved. It ends the run: “Upgraded.”"],
    ["approved", [], "Approved."],
    ["approved", null, "Your approval is kept. More people must decide before the run goes on."],
  ] as const)("%s + %j", (decision, next, sentence) => {
    expect(resultSentence(decision, next)).toBe(sentence);
  });
});
