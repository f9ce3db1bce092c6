import { expect, it } from "vitest";
import { lostRaceWords, pastFormWords } from "./past-form-words";

it("A42 thanks whoever sent it here, and says what else became of a form", () => {
  expect(pastFormWords({ outcome: "sent", by: "you" }, true)).toBe("Thank you. We have your answers.");
  expect(pastFormWords({ outcome: "sent", by: "you" }, false)).toBe("We have your answers.");
  expect(pastFormWords({ outcome: "sent", by: "team" }, false)).toBe("A colleague filled this in.");
  expect(pastFormWords({ outcome: "timed_out", by: null }, false)).toBe("Not answered in time.");
  expect(pastFormWords({ outcome: "withdrawn", by: null }, false)).toBe("No longer needed.");
});

it("A45 says who was first, or that time ran out, and that what was typed can still be read", () => {
  const ends = [
    { outcome: "timed_out", by: null },
    { outcome: "withdrawn", by: null },
    { outcome: "sent", by: "team" },
    { outcome: "sent", by: "you" },
  ] as const;
  const sentences = ends.map(lostRaceWords);
  expect(new Set(sentences).size).toBe(ends.length);
  for (const sentence of sentences) expect(sentence).toContain("You can still read it here.");
});
