import { expect, test } from "vitest";
import { nextPlace } from "./inbox-focus";

const wide = { shown: "b", left: null, canSeePane: true, canSeeList: true };
const list = { canSeePane: false };
const pane = { canSeeList: false };

test.each([
  ["what is shown next takes the focus that waits for it", { at: "pane" }, "pane"],
  ["what was decided does not take it once more", { at: "pane", shown: "a", left: "a" }, null],
  ["nothing is left", { at: "pane", shown: null, left: "a" }, "list"],
  ["a narrow screen goes back to its list", { at: "pane", left: "a", ...list }, "list"],
  ["a narrow screen still shows what was decided", { at: "pane", shown: "a", left: "a", ...pane }, null],
  ["a narrow screen, by the way back", { at: "in pane", ...list }, "list"],
  ["a narrow screen opens a card", { at: "in list", ...pane }, "pane"],
  ["somebody is writing", { at: "in pane" }, null],
  ["somebody moves through the list", { at: "in list" }, null],
  ["a window above the page has it", { at: "elsewhere", shown: null }, null],
] as const)("A27 %s", (_case, where, place) => {
  expect(nextPlace({ ...wide, ...where })).toBe(place);
});
