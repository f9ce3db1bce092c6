import { expect, it } from "vitest";
import { firstChoice, inputChoices, readInput } from "./test-inputs";

const run = { id: "r", status: "completed" as const, createdAt: "2026-01-01T00:00:00Z" };
const bench = {
  samples: [
    { id: "s1", name: "Sample", input: { n: 1 } },
    { id: "s2", name: "Large order", input: { n: 100 } },
  ],
  runs: [
    { ...run, test: false, input: { n: 9 } },
    { ...run, test: true, input: { n: 7 } },
  ],
};

it("M-24 a test starts from the last test's input, a saved sample or nothing", () => {
  const choices = inputChoices(bench);
  expect(choices.map(({ label, input }) => [label, input])).toEqual([
    ["Input of the last test", { n: 7 }],
    ["Sample", { n: 1 }],
    ["Large order", { n: 100 }],
    ["Nothing filled in", {}],
  ]);
  expect(firstChoice(choices, null)).toBe("last");
  expect(firstChoice(choices, "Large order")).toBe("sample:s2");
  expect(firstChoice(choices, "s1")).toBe("sample:s1");
  expect(firstChoice(choices, "nobody")).toBe("last");
  expect(inputChoices({ samples: [], runs: [] }).map(({ key }) => key)).toEqual(["empty"]);
});

it("input as JSON is an object, or a sentence says what is wrong", () => {
  expect(readInput('{"n": 1}')).toEqual({ input: { n: 1 } });
  expect(readInput("  ")).toEqual({ input: {} });
  expect(readInput("[1]")).toEqual({ problem: expect.stringContaining("object") });
  expect(readInput("{n: 1}")).toEqual({ problem: expect.stringContaining("not valid JSON") });
});
