import { expect, it } from "vitest";
import { outsideWords } from "./outside-words";

const told = { reason: "asked", headline: "Sign the lease", from: "North", dueAt: null, now: 0 } as const;

it("A17 somebody outside reads who asks, what about and until when, and gets one link of their own", () => {
  const { subject, body } = outsideWords({ ...told, dueAt: 3_600_000 });
  expect(subject).toBe("North asks you to decide: Sign the lease");
  expect(body).toContain("It is due by Thursday");
  expect(body.match(/{link}/g)).toHaveLength(1);
});

it("A17 reminders and escalations say so, and being taken off has no link", () => {
  expect(outsideWords({ ...told, reason: "reminder", dueAt: 3_600_000 }).subject).toBe(
    "Reminder, 1 hour left: Sign the lease",
  );
  expect(outsideWords({ ...told, reason: "escalated" }).body).toContain("now you are asked");
  expect(outsideWords({ ...told, reason: "taken_off" }).body).not.toContain("{link}");
});

it("a headline or a name cannot bring a link of its own place, nor a second line into the subject", () => {
  const { subject, body } = outsideWords({ ...told, headline: "{link}\nx", from: "No\nrth" });
  expect([subject.includes("\n"), body.match(/{link}/g)?.length]).toEqual([false, 1]);
});
