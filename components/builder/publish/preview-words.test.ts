import { describe, expect, it } from "vitest";
import { blockedWords, consequenceWords, draftWords, overtakenWords, publishedWords, runsWords } from "./preview-words";

const preview = {
  nextVersion: 4,
  publishedVersion: 3,
  openRuns: [{ version: 3, runs: 12 }],
  reviewRequired: false,
};

describe("F-43 what publishing does to running work", () => {
  it("says how many runs finish on the version they started with", () => {
    expect(consequenceWords(preview)).toBe("v4 goes live now. 12 runs finish on v3.");
    expect(consequenceWords({ ...preview, openRuns: [{ version: 3, runs: 1 }] })).toBe(
      "v4 goes live now. 1 run finishes on v3.",
    );
  });

  it("leaves it out when nothing runs", () => {
    expect(consequenceWords({ ...preview, nextVersion: 1, publishedVersion: null, openRuns: [] })).toBe(
      "v1 goes live now.",
    );
    expect(runsWords([{ version: 3, runs: 0 }])).toBe("");
  });

  it("names every version that runs stay on, the newest first", () => {
    expect(
      runsWords([
        { version: 1, runs: 2 },
        { version: 3, runs: 12 },
      ]),
    ).toBe("12 runs finish on v3 and 2 on v1.");
    expect(
      runsWords([
        { version: 1, runs: 1 },
        { version: 2, runs: 5 },
        { version: 3, runs: 1 },
      ]),
    ).toBe("1 run finishes on v3, 5 on v2 and 1 on v1.");
  });

  it("says the same once it is done", () => {
    expect(publishedWords(4, [{ version: 3, runs: 12 }])).toBe("v4 is live. New runs use it. 12 runs finish on v3.");
    expect(publishedWords(1, [])).toBe("v1 is live. New runs use it.");
  });
});

describe("publishing with a second person", () => {
  it("says what stays live until then", () => {
    expect(consequenceWords({ ...preview, reviewRequired: true })).toBe(
      "v4 goes live when a second person approves it. v3 stays live until then.",
    );
    expect(consequenceWords({ ...preview, publishedVersion: null, reviewRequired: true })).toBe(
      "v4 goes live when a second person approves it. Nothing is live until then.",
    );
  });
});

describe("what keeps a draft from going live", () => {
  const issue = { code: "no_start", severity: "error" as const, path: "startNodeId", message: "There is no start." };
  it("counts problems, never hints", () => {
    expect(blockedWords({ nextVersion: 4, issues: [{ ...issue, severity: "warning" }] })).toBeNull();
    expect(blockedWords({ nextVersion: 4, issues: [issue] })).toBe("One problem keeps v4 from going live.");
    expect(blockedWords({ nextVersion: 4, issues: [issue, issue] })).toBe("2 problems keep v4 from going live.");
  });

  it("F-42 names the version that was saved in between", () => {
    expect(overtakenWords(5)).toContain("v5 was saved");
  });
});

describe("the banner above a draft", () => {
  const live = { hasDraft: false, headVersion: 3, publishedVersion: 3, mayEdit: true };
  it.each([
    [live, null],
    [{ ...live, hasDraft: true }, "You are editing v4. Customers still get v3."],
    [{ ...live, hasDraft: true, mayEdit: false }, "v4 is being edited. Customers still get v3."],
    [{ ...live, headVersion: 4 }, "v4 is not published. Customers still get v3."],
    [{ ...live, headVersion: 1, publishedVersion: null }, "v1 is not published. Nothing is live yet."],
    [{ ...live, hasDraft: true, headVersion: 1, publishedVersion: null }, "You are editing v2. Nothing is live yet."],
  ])("F-45 %j reads %j", (workflow, words) => {
    expect(draftWords(workflow)).toBe(words);
  });
});
