import { expect, test } from "vitest";
import { initialsOf, lookersWords } from "./looker-words";

test.each([
  [["Dana"], "Dana is looking at this too."],
  [["Dana", "Kim"], "Dana and Kim are looking at this too."],
  [["Dana", "Kim", "Lee", "Max"], "Dana, Kim and 2 more are looking at this too."],
])("whoever else looks at it is named: %j", (names, words) => {
  expect(lookersWords(names.map((name) => ({ name })))).toBe(words);
});

test.each([
  ["Dana Scott", "DS"],
  ["dana", "D"],
  ["Ana María de la Cruz", "AC"],
  ["", ""],
])("the initials of “%s” are %s", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
