import { expect, test } from "vitest";
import type { ManyResult } from "@/core/contracts/decisions";
import { resultWords, selectedWords } from "./bulk-words";

const usd = (amount: string) => ({ money: { currency: "USD", amount } });

test("the bar says how many are selected and how much they come to, by currency", () => {
  expect(selectedWords([usd("3400"), usd("10"), { money: null }])).toBe("3 selected · $3,410.00 in all");
  expect(selectedWords([{ money: null }])).toBe("1 selected");
  expect(selectedWords([usd("1"), { money: { currency: "EUR", amount: "2" } }])).toBe(
    "2 selected · $1.00 and €2.00 in all",
  );
});

test("what came of several is said in one sentence each: decided, kept, refused", () => {
  const of = (...results: ManyResult["result"][]) => results.map((result) => ({ id: "x", result })) as ManyResult[];
  expect(resultWords("approved", of("decided", "decided"))).toBe("2 approved.");
  expect(resultWords("rejected", of("decided", "voted", "refused", "already_decided"))).toBe(
    "1 rejected. 1 is kept until more people decide. 2 were not decided.",
  );
  expect(resultWords("approved", of("refused"))).toBe("1 was not decided.");
});
