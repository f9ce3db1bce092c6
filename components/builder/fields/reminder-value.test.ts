import { describe, expect, it } from "vitest";
import { readReminder, reminderWords, writeReminder } from "./reminder-value";

describe("A17 when somebody is reminded, as a person enters it", () => {
  it.each([
    ["50%", { amount: 50, unit: "percent" }, "After 50% of the time"],
    ["12.5%", { amount: 12.5, unit: "percent" }, "After 12.5% of the time"],
    ["PT4H", { amount: 4, unit: "hours" }, "4 hours before"],
    ["PT1M", { amount: 1, unit: "minutes" }, "1 minute before"],
    ["P2D", { amount: 2, unit: "days" }, "2 days before"],
  ] as const)("%s is read, written and said", (text, value, words) => {
    expect(readReminder(text)).toEqual(value);
    expect(writeReminder(value)).toBe(text);
    expect(reminderWords(text)).toBe(words);
  });

  it("leaves alone what no unit says", () => {
    expect(readReminder("P1M")).toBeNull();
    expect(readReminder("soon")).toBeNull();
    expect(reminderWords("P1M")).toBe("P1M");
  });
});
