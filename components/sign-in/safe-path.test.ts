import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { homeOrigin, hostileAddress } from "@/core/hostile-address.testkit";
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
    "/..//evil.test",
    "/.//evil.test/phish",
    "/a/../..//evil.test",
    "/%2e%2e//evil.test",
    "/..\\/evil.test",
  ])("M2 goes to the inbox for %s", (next) => {
    expect(safePath(next)).toBe("/start");
  });

  it("M2 never leaves the site, whatever a path is made of", () => {
    fc.assert(
      fc.property(hostileAddress, homeOrigin, (next, origin) => {
        const result = safePath(next);
        expect(result.startsWith("/")).toBe(true);
        expect(new URL(result, origin).origin).toBe(origin);
      }),
      { numRuns: 5_000 },
    );
  });
});
