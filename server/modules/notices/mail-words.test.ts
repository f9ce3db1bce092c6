import { describe, expect, it } from "vitest";
import { linkMark } from "./mail-text";
import { mailWords, type Told } from "./mail-words";

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 21, 8);
const told: Told = {
  kind: "approval",
  reason: "asked",
  headline: "Refund $120 to Jane",
  workflow: "Refund desk",
  cameFrom: [],
  dueAt: null,
  onTimeout: null,
  settings: "https://holdpoint.test/settings/notifications",
  now,
};

describe("A17 what the mail says", () => {
  it("who waits for what, and where to answer", () => {
    expect(mailWords(told)).toEqual({
      subject: "To decide: Refund $120 to Jane",
      body: [
        "“Refund desk” waits for a decision:",
        "Refund $120 to Jane",
        "Read and decide: {link}",
        "You get this because you are asked in Holdpoint. Choose what you get by e-mail: https://holdpoint.test/settings/notifications",
      ].join("\n\n"),
    });
  });

  it("until when, and what happens if nobody answers", () => {
    const { body } = mailWords({ ...told, dueAt: now + 24 * hour, onTimeout: "approve" });
    expect(body).toMatch(
      /It is due by Sunday,? 22 November 2026 at 08:00 UTC\. If nobody decides by then, it counts as approved\./,
    );
  });

  it("how long is left", () => {
    const { subject, body } = mailWords({ ...told, reason: "reminder", dueAt: now + 2.5 * hour });
    expect(subject).toBe("Reminder, 2 hours and 30 minutes left: Refund $120 to Jane");
    expect(body).toContain("It still waits. Time left: 2 hours and 30 minutes.");
  });

  it("from whom it was escalated", () => {
    const { subject, body } = mailWords({ ...told, reason: "escalated", cameFrom: ["Manager", "Kim"] });
    expect(subject).toBe("Escalated to you: Refund $120 to Jane");
    expect(body).toContain("Nobody answered in time, so it was escalated from Manager, Kim to you.");
  });

  it("one line as its subject, and one link, whatever a run says", () => {
    const { subject, body } = mailWords({ ...told, headline: `Bcc: all\r\nhere ${linkMark} ${"x".repeat(300)}` });
    expect(subject).not.toMatch(/[\r\n]/);
    expect(subject.length).toBeLessThanOrEqual(150);
    expect(body.split(linkMark)).toHaveLength(2);
  });
});
