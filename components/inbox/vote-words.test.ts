import { describe, expect, it } from "vitest";
import type { ApprovalVote } from "@/core/contracts/approval";
import type { QuorumMode } from "@/core/quorum";
import { countWords, isLastWord, quorumWords, voteWords } from "./vote-words";

const kim: ApprovalVote = { name: "Kim", decision: "approved", at: "2026-11-30T09:00:00Z", comment: null };
const ana: ApprovalVote = { name: "Ana", decision: "rejected", at: "2026-11-30T09:05:00Z", comment: "Too dear" };
const asked = (mode: QuorumMode, decisionsNeeded: number, votes: ApprovalVote[] = [], then: string[] = []) => ({
  votes,
  decisionsNeeded,
  quorum: { mode, then },
});

describe("where several people decide, the card says", () => {
  it.each([
    ["nothing where the first decision counts", asked("any", 1), null, null],
    [
      "why two must, where nobody can tell who asked",
      asked("any", 2),
      "Who asked for this is not proven, so two people must approve it.",
      "0 of 2 approved",
    ],
    [
      "that everybody must",
      asked("all", 3),
      "All 3 people who are asked must approve it. One rejection rejects it.",
      "0 of 3 approved",
    ],
    ["how many are left", asked("count", 3, [kim, ana]), "2 more people must approve it.", "1 of 3 approved"],
    ["that one is left", asked("percent", 2, [kim]), "One more person must approve it.", "1 of 2 approved"],
    [
      "who is asked next",
      asked("sequence", 3, [], ["Finance", "Olive"]),
      "Then Finance and Olive are asked, one after the other.",
      "0 of 3 approved",
    ],
    ["that this is the last one", asked("sequence", 2, [kim]), "This is the last decision.", "1 of 2 approved"],
  ])("%s", (_, item, words, count) => {
    expect(quorumWords(item)).toBe(words);
    expect(countWords(item)).toBe(count);
  });

  it("whether the next approval decides", () => {
    expect([asked("any", 1), asked("count", 3, [kim]), asked("count", 2, [kim, ana])].map(isLastWord)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("what others said", () => {
    expect([kim, ana].map(voteWords)).toEqual(["Kim approved this.", "Ana rejected this: “Too dear”"]);
  });
});
