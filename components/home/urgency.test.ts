import { expect, it } from "vitest";
import { byUrgency, urgency } from "./urgency";

const now = Date.parse("2026-11-21T10:00:00Z");
const at = (dueAt: string | null, createdAt = "2026-11-20T10:00:00Z") => ({ dueAt, createdAt });

it("a decision is overdue after its time, soon within four hours of it, open otherwise", () => {
  expect(urgency(at("2026-11-21T09:59:59Z"), now)).toBe("overdue");
  expect(urgency(at("2026-11-21T13:59:00Z"), now)).toBe("soon");
  expect(urgency(at("2026-11-21T14:01:00Z"), now)).toBe("open");
  expect(urgency(at(null), now)).toBe("open");
});

it("the nearest deadline comes first, and those without one by age", () => {
  const [late, today, old, young] = [
    at("2026-11-20T00:00:00Z"),
    at("2026-11-21T20:00:00Z"),
    at(null, "2026-11-01T00:00:00Z"),
    at(null, "2026-11-19T00:00:00Z"),
  ];
  expect(byUrgency([young, today, old, late])).toEqual([late, today, old, young]);
});
