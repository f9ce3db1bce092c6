import { expect, test } from "vitest";
import { slugOf } from "./slug-of";

test.each([
  ["Büro Süd", "buro-sud"],
  ["  Refund & exchange!  ", "refund-exchange"],
  ["24/7", "24-7"],
  ["東京", ""],
  ["…", ""],
])("%j becomes %j", (text, slug) => {
  expect(slugOf(text)).toBe(slug);
});

test("it is joined as asked and does not end in a joint where it is cut", () => {
  expect(slugOf("KYC analyst (north)", "_")).toBe("kyc_analyst_north");
  expect(slugOf("a".repeat(9) + " b", "-", 10)).toBe("a".repeat(9));
});
