import { expect, it } from "vitest";
import { cannedSearch, fillCanned, matchingCanned } from "./fill-canned";

it("a canned answer calls the customer by name, wherever it stands, and takes no name for a pattern", () => {
  expect(fillCanned("Hello {name}. Bye, {name}!", "Jane $& Doe")).toBe("Hello Jane $& Doe. Bye, Jane $& Doe!");
});

it("a slash at the beginning looks for one; elsewhere it is text", () => {
  expect(["/", "/Tha ", "and/or", "/a\nb"].map(cannedSearch)).toEqual(["", "tha", null, null]);
});

it("those that begin with what is typed come first", () => {
  const answers = ["Many thanks", "Hours", "Thanks"].map((name) => ({ id: name, name, body: name }));
  expect(matchingCanned(answers, "thanks").map(({ name }) => name)).toEqual(["Thanks", "Many thanks"]);
});
