import { describe, expect, it } from "vitest";
import { decidedWords, reviewHeadline, reviewStatusWords } from "./review-words";

describe("publish reviews in words", () => {
  it("says who asks for what", () => {
    expect(
      reviewHeadline({ requestedBy: { id: "u", name: "Kim" }, workflow: { slug: "refunds", name: "Refund desk" } }),
    ).toBe("Kim asks to publish Refund desk");
  });

  it.each([
    [{ status: "pending", version: null, decidedBy: null }, "Waiting for a second person"],
    [{ status: "approved", version: 4, decidedBy: "Kim" }, "Published as v4, approved by Kim"],
    [{ status: "rejected", version: null, decidedBy: "Kim" }, "Rejected by Kim"],
    [{ status: "rejected", version: null, decidedBy: null }, "Rejected by somebody who left"],
    [{ status: "withdrawn", version: null, decidedBy: "Kim" }, "Withdrawn"],
  ] as const)("%j reads %j", (review, words) => {
    expect(reviewStatusWords(review)).toBe(words);
  });

  it("F-43 says what a decision means for running work", () => {
    expect(decidedWords({ status: "approved", version: 4 })).toBe(
      "Approved. v4 is live. Runs that are under way finish on their version.",
    );
    expect(decidedWords({ status: "rejected", version: null })).toBe(
      "Rejected. Nothing was published; the draft stays.",
    );
  });
});
