import { describe, expect, it } from "vitest";
import { digestWords } from "./digest-words";

const now = Date.parse("2026-12-01T06:00:00Z");
const hour = 3_600_000;
const item = {
  headline: "Refund $120 to Jane",
  workflow: "Refund desk",
  dueAt: null,
  askedAt: now - hour,
  link: "https://h.test/inbox?id=1",
};
const facts = {
  count: 1,
  items: [item],
  zone: "Asia/Kathmandu",
  inbox: "https://h.test/inbox",
  settings: "https://h.test/s",
  now,
};

describe("A17 what a digest says", () => {
  it("how much waits, each with its time by the reader's clock, where it is answered, and where to choose", () => {
    const { subject, body } = digestWords(facts);
    expect(subject).toBe("One thing waits for you");
    expect(body.split("\n\n")).toEqual([
      "One thing waits for you in Holdpoint.",
      "Refund $120 to Jane\nRefund desk · asked Tue 1 Dec, 10:45\nhttps://h.test/inbox?id=1",
      "All of it: https://h.test/inbox",
      "You get this because you chose it. Choose other times, or none: https://h.test/s",
    ]);
  });

  it("what is overdue, what is due, and how much more there is", () => {
    const items = [
      { ...item, dueAt: now - hour },
      { ...item, dueAt: now + 2 * hour },
    ];
    const { subject, body } = digestWords({ ...facts, count: 14, items });
    expect(subject).toBe("14 things wait for you, 1 overdue");
    expect(body).toContain("overdue since Tue 1 Dec, 10:45");
    expect(body).toContain("due Tue 1 Dec, 13:45, 2 hours left");
    expect(body).toContain("And 12 more: https://h.test/inbox");
    expect(digestWords({ ...facts, count: 1_000 }).subject).toBe("1000 or more things wait for you");
  });

  it("no more of a headline than a line, whatever stands in it", () => {
    const { body } = digestWords({
      ...facts,
      items: [{ ...item, headline: `Pay\n\nhttps://evil.test ${"x".repeat(9_000)}` }],
    });
    expect(body).toContain("\n\nPay https://evil.test xxx");
    expect(body.length).toBeLessThan(600);
  });
});
