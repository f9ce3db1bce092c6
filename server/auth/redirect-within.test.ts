import fc from "fast-check";
import { expect, it } from "vitest";
import { homeOrigin, hostileAddress } from "@/core/hostile-address.testkit";
import { deviceWords } from "./device-words";
import { redirectWithin } from "./redirect-within";

it("M2 next-auth's callbackUrl never leaves the origin, whatever it is made of", () => {
  fc.assert(
    fc.property(hostileAddress, homeOrigin, (given, base) => {
      expect(new URL(redirectWithin(given, base)).origin).toBe(base);
    }),
    { numRuns: 3_000 },
  );
});

it.each([
  ["/inbox?x=1", "http://127.0.0.1:3000/inbox?x=1"],
  ["http://127.0.0.1:3000/runs", "http://127.0.0.1:3000/runs"],
  ["//evil.test", "http://127.0.0.1:3000"],
  ["javascript:alert(1)", "http://127.0.0.1:3000"],
])("M2 %s leads to %s", (given, target) => {
  expect(redirectWithin(given, "http://127.0.0.1:3000")).toBe(target);
});

it.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"],
  [
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36",
    "Chrome on Linux",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1",
    "Safari on iPhone",
  ],
  ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"],
  ["curl/8.5.0", "A browser"],
  [null, "A browser"],
])("M4 %s is shown as %s", (userAgent, words) => {
  expect(deviceWords(userAgent)).toBe(words);
});
