import { expect, it } from "vitest";
import type { QueueItem } from "@/core/contracts/console";
import { askedWords, holderWords, inSections } from "./queue-words";

const at = "2026-11-20T10:00:00.000Z";

it("says what is asked: a run that waits comes before a question", () => {
  expect(askedWords({ handedOverAt: at, needsAnswerSince: at })).toBe("Handed over");
  expect(askedWords({ handedOverAt: null, needsAnswerSince: at })).toBe("Needs an answer");
  expect(askedWords({ handedOverAt: null, needsAnswerSince: null })).toBeNull();
});

it("says who has it", () => {
  const claim = { userId: "u", name: "Kim", since: at };
  expect(holderWords({ ...claim, isMine: false })).toBe("Kim has it");
  expect([holderWords({ ...claim, isMine: true }), holderWords(null)]).toEqual(["You have it", null]);
});

it("a section that goes on in the next page stays one", () => {
  const item = (id: string, section: QueueItem["section"]) => ({ id, section }) as QueueItem;
  const found = inSections([item("a", "mine"), item("b", "mine"), item("c", "others")]);
  expect(found.map(({ section, items }) => [section, items.length])).toEqual([
    ["mine", 2],
    ["others", 1],
  ]);
});
