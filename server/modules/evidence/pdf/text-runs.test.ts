import { expect, it } from "vitest";
import { fonts } from "./fonts";
import { textRuns } from "./text-runs";

const textOf = (text: string) =>
  textRuns(text, fonts())
    .map((run) => run.text)
    .join("");

it("56 names in Latin, Greek and Cyrillic letters are drawn as they are", () => {
  for (const name of ["Zoë Łukasz", "Ελένη", "Иван Петров", "Nguyễn Thị", "“Refund” – 40 €"])
    expect(textOf(name)).toBe(name);
});

it("56 a letter that the font lacks is told by its number, and nothing else gets lost", () => {
  expect(textOf("张伟, 山")).toBe("[U+5F20][U+4F1F], [U+5C71]");
  expect(textOf("a\u202Eb\u0000c\nd")).toBe("abc d");
  expect(textOf("Kim 👋🏽")).toBe("Kim [U+1F44B][U+1F3FD]");
  expect(textRuns("", fonts())).toEqual([]);
});
