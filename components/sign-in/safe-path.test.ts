import { describe, expect, it } from "vitest";
import { safePath } from "./safe-path";

describe("where a sign-in leads", () => {
  it("keeps a path of this site", () => {
    expect(safePath("/runs/abc?tab=events")).toBe("/runs/abc?tab=events");
  });

  it.each([
    undefined,
    "",
    "https://evil.test",
    "//evil.test",
    "/\\evil.test",
    "/\t/evil.test",
    "javascript:alert(1)",
    "/sign-in?next=/sign-in",
  ])("goes to the inbox for %s", (next) => {
    expect(safePath(next)).toBe("/inbox");
  });
});
