import { expect, it } from "vitest";
import { partWords, timeWords } from "./waiting-words";

const clock = () => "24 Nov, 14:02";

it("M-24 a tester sees whose part they play, and until when it waits", () => {
  expect(partWords({ kind: "approval", insteadOf: ["Manager"] })).toBe("Act as Manager");
  expect(partWords({ kind: "handoff", insteadOf: ["Support", "Kim"] })).toBe("Act as Support or Kim");
  expect(partWords({ kind: "form", insteadOf: [] })).toBe("Act as the person who fills it in");
  expect(partWords({ kind: "callback", insteadOf: [] })).toBe("Act as the system that calls back");
  expect(timeWords({ kind: "approval", dueAt: "2026-11-24T14:02:00Z" }, clock)).toBe(
    "Waits until 24 Nov, 14:02 at the latest",
  );
  expect(timeWords({ kind: "timer", dueAt: "2026-11-24T14:02:00Z" }, clock)).toBe("Waits until 24 Nov, 14:02");
  expect(timeWords({ kind: "approval", dueAt: null }, clock)).toBe("Waits without a limit");
});
