import { expect, it } from "vitest";
import type { AbsenceItem } from "@/core/contracts/absence";
import { absenceTime, deputyWords } from "./absence-words";

const now = Date.parse("2026-12-01T09:00:00Z");
const absence: AbsenceItem = {
  id: "a",
  user: { id: "m", name: "Max" },
  from: "2026-12-01T08:00:00Z",
  until: "2026-12-04T08:00:00Z",
  is_away: true,
  deputy: { id: "d", name: "Dana" },
  workflows: [],
  limit: null,
  note: null,
  set_by: "Max",
};

it("row 28 says from when until when somebody is away", () => {
  expect(absenceTime(absence, now, "UTC")).toBe("Away until 4 Dec, 08:00");
  expect(absenceTime({ ...absence, until: null }, now, "UTC")).toBe("Away");
  expect(absenceTime({ ...absence, from: "2026-12-02T08:00:00Z", is_away: false }, now, "UTC")).toBe(
    "Away from 2 Dec, 08:00 until 4 Dec, 08:00",
  );
});

it("row 28 says who answers, for what, and up to which amount", () => {
  expect(deputyWords(absence)).toBe("Dana answers in their name.");
  expect(deputyWords({ ...absence, deputy: null })).toBe("Nobody answers in their name.");
  expect(
    deputyWords({ ...absence, workflows: [{ slug: "r", name: "Refunds" }], limit: { amount: 1500, currency: "EUR" } }),
  ).toBe("Dana answers what “Refunds” asks in their name, approvals up to EUR 1,500.");
});
