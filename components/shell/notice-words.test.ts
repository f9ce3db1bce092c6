import { describe, expect, it } from "vitest";
import { bellWords, endWords, noticeWords } from "./notice-words";

describe("A17 what the bell says", () => {
  it("why somebody was told", () => {
    const told = { kind: "approval", reason: "asked", cameFrom: [] as string[] } as const;
    expect(noticeWords(told)).toBe("To decide");
    expect(noticeWords({ ...told, kind: "form" })).toBe("To fill in");
    expect(noticeWords({ ...told, kind: "handoff" })).toBe("To take over");
    expect(noticeWords({ ...told, reason: "reassigned" })).toBe("Given to you");
    expect(noticeWords({ ...told, reason: "reminder" })).toBe("Reminder");
    expect(noticeWords({ ...told, reason: "escalated" })).toBe("Escalated to you");
    expect(noticeWords({ ...told, reason: "escalated", cameFrom: ["Manager"] })).toBe("Escalated from Manager");
  });

  it("what became of it", () => {
    expect(endWords({ isOpen: true, answeredBy: null })).toBeNull();
    expect(endWords({ isOpen: false, answeredBy: "Kim" })).toBe("Answered by Kim");
    expect(endWords({ isOpen: false, answeredBy: null })).toBe("No longer open");
  });

  it("how many are unread", () => {
    expect(bellWords(null, 100)).toBe("Notifications");
    expect(bellWords(0, 100)).toBe("Notifications");
    expect(bellWords(3, 100)).toBe("Notifications: 3 unread");
    expect(bellWords(100, 100)).toBe("Notifications: 99 or more unread");
  });
});
