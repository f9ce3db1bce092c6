import { expect, it } from "vitest";
import { boundsOf, choiceAddress, queryOf, readChoice } from "./activity-filter";

const now = Date.parse("2026-03-10T12:00:00.000Z");

it("A18 the address keeps a choice, and what it cannot mean is left out", () => {
  const choice = readChoice(new URLSearchParams("action=run.started&q=Kim+A&range=days&from=2026-03-01&to=2026-13-40"));
  expect(choice).toEqual({
    action: "run.started",
    person: "",
    kind: "",
    q: "Kim A",
    range: "days",
    from: "2026-03-01",
    to: "",
  });
  expect(choiceAddress(choice)).toBe("/activity?action=run.started&q=Kim+A&range=days&from=2026-03-01");
  expect(choiceAddress(readChoice(new URLSearchParams("range=toString")))).toBe("/activity");
});

it("A18 quick choices count back from now, days include the last one", () => {
  expect(boundsOf({ range: "24h", from: "", to: "" }, now)).toEqual({ since: "2026-03-09T12:00:00.000Z", until: null });
  const { since, until } = boundsOf({ range: "days", from: "2026-03-01", to: "2026-03-01" }, now);
  expect(Date.parse(until ?? "") - Date.parse(since ?? "")).toBe(24 * 3_600_000);
  expect(queryOf(readChoice(new URLSearchParams("kind=run&range=1h")), now)).toEqual({
    subjectType: "run",
    since: "2026-03-10T11:00:00.000Z",
  });
});
