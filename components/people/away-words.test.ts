import { expect, it } from "vitest";
import { awayWords, standsInWords } from "./away-words";

const now = Date.parse("2026-12-01T09:00:00Z");

it("row 28 says until when somebody is away, in the reader's zone, and nothing where nobody knows", () => {
  expect(awayWords("2026-12-04T08:00:00Z", now, "Asia/Kathmandu")).toBe("away until 4 Dec, 13:45");
  expect(awayWords("2026-12-01T15:00:00Z", now, "UTC")).toBe("away until 15:00");
  expect(awayWords(null, now)).toBe("away");
  expect(standsInWords({ name: "Max", until: null }, now)).toBe("for Max, who is away");
});
