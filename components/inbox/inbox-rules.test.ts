import { describe, expect, it } from "vitest";
import { moneyField } from "./money-field";
import { resultSentence } from "./result-sentence";
import { afterDecision, neighbour, shortcutOf } from "./shortcuts";

const press = { ctrlKey: false, metaKey: false, altKey: false, writing: false };

describe("keys of the inbox", () => {
  it.each([
    ["a", "approve"],
    ["R", "reject"],
    ["c", "comment"],
    ["j", "next"],
    ["k", "previous"],
    ["x", null],
  ])("%s means %s", (key, meaning) => {
    expect(shortcutOf({ ...press, key })).toBe(meaning);
  });

  it("never takes letters from somebody who writes, nor the browser's own shortcuts", () => {
    expect(shortcutOf({ ...press, key: "a", writing: true })).toBeNull();
    expect(shortcutOf({ ...press, key: "r", ctrlKey: true })).toBeNull();
    expect(shortcutOf({ ...press, key: "c", metaKey: true })).toBeNull();
  });
});

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

describe("the sentence after a decision", () => {
  it.each([
    ["approved", "Billing runs next.", "Approved. Billing runs next."],
    ["rejected", "Explain the rejection runs next", "Rejected. Explain the rejection runs next."],
    ["approved", "", "Approved."],
    ["approved", "Approved. Execute upgrade runs next.", "Approved. Execute upgrade runs next."],
  ] as const)("%s + %j", (decision, next, sentence) => {
    expect(resultSentence(decision, next)).toBe(sentence);
  });
});
