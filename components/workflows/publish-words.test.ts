import { describe, expect, it } from "vitest";
import { cannotPublishReason, goesLiveWords } from "./publish-words";
import { versionWords } from "./workflow-rows";

const version = {
  number: 3,
  note: "",
  isCurrent: true,
  author: "Kim",
  createdAt: "2026-11-21T08:00:00Z",
  publishedAt: "2026-11-21T08:00:00Z",
  openRuns: 12,
};
const issue = {
  code: "missing_default",
  severity: "error" as const,
  path: "nodes[1]",
  message: "This branch needs a default.",
};

describe("F-43 what publishing does to running work", () => {
  it("says how many runs finish on the version they started with", () => {
    expect(goesLiveWords(4, { publishedVersion: 3, versions: [version] })).toBe(
      "v4 goes live now. 12 runs finish on v3.",
    );
    expect(goesLiveWords(4, { publishedVersion: 3, versions: [{ ...version, openRuns: 1 }] })).toBe(
      "v4 goes live now. 1 run finishes on v3.",
    );
  });

  it("leaves it out when nothing runs", () => {
    expect(goesLiveWords(1, { publishedVersion: null, versions: [] })).toBe("v1 goes live now.");
  });
});

describe("when publishing is possible", () => {
  const draft = { status: "draft" as const, headVersion: 4, publishedVersion: 3, issues: [] };
  it("a newer version can go live", () => {
    expect(cannotPublishReason(draft)).toBeNull();
  });

  it("not with problems, not twice, not when retired", () => {
    expect(cannotPublishReason({ ...draft, issues: [issue, { ...issue, severity: "warning" }] })).toBe(
      "One problem must be solved first.",
    );
    expect(cannotPublishReason({ ...draft, publishedVersion: 4 })).toBe("v4 is live already.");
    expect(cannotPublishReason({ ...draft, status: "retired" })).toBe("This workflow is retired.");
  });
});

describe("the version column", () => {
  it.each([
    [{ headVersion: 3, publishedVersion: 3 }, "v3 live"],
    [{ headVersion: 4, publishedVersion: 3 }, "v3 live, v4 draft"],
    [{ headVersion: 1, publishedVersion: null }, "v1 draft"],
  ])("%j", (workflow, words) => {
    expect(versionWords(workflow)).toBe(words);
  });
});
