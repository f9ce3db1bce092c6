import { expect, it } from "vitest";
import { markedTitle } from "./tab-mark";

it.each([
  ["Inbox · Holdpoint", 3, "(3) Inbox · Holdpoint"],
  ["(3) Inbox · Holdpoint", 4, "(4) Inbox · Holdpoint"],
  ["(99+) Inbox · Holdpoint", 0, "Inbox · Holdpoint"],
  ["Inbox · Holdpoint", 1000, "(99+) Inbox · Holdpoint"],
  ["(draft) Inbox", 2, "(2) (draft) Inbox"],
])("A17 the tab of %j with %i waiting is called %j", (title, count, marked) => {
  expect(markedTitle(title, count)).toBe(marked);
  expect(markedTitle(marked, count)).toBe(marked);
});
