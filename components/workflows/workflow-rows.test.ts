import { describe, expect, it } from "vitest";
import { versionWords } from "./workflow-rows";

describe("the version column", () => {
  it.each([
    [{ headVersion: 3, publishedVersion: 3 }, "v3 live"],
    [{ headVersion: 4, publishedVersion: 3 }, "v3 live, v4 draft"],
    [{ headVersion: 1, publishedVersion: null }, "v1 draft"],
  ])("%j", (workflow, words) => {
    expect(versionWords(workflow)).toBe(words);
  });
});
