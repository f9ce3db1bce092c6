import { describe, expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { eventWords } from "./event-words";

const now = Date.parse("2026-11-21T08:17:00Z");
const words = (type: string, data: JsonObject = {}): string =>
  eventWords({ seq: 1, type, at: "2026-11-21T08:17:00Z", actor: null, data }, now, "UTC");
const step = { node_id: "pay", name: "Charge card", attempt: 1 };

describe("F-46 the words for what happened", () => {
  it("B-36 a failed try says why, and when the next one is due", () => {
    const error = { code: "http_5xx", message: "The service answered 503." };
    expect(words("step.retry_scheduled", { ...step, error, due_at: "2026-11-21T08:27:00Z" })).toBe(
      "Charge card failed: The service answered 503. · next try 08:27",
    );
    expect(words("step.failed", { ...step, error })).toBe("Charge card failed: The service answered 503.");
    expect(words("step.started", { ...step, attempt: 2, iteration: "3" })).toBe("Charge card (item 3) started, try 2");
  });

  it("a decision says what was said with it", () => {
    expect(words("approval.approved", { ...step, comment: "Fine" })).toBe("Charge card approved: Fine");
    expect(words("run.cancelled", { reason: "Ordered twice" })).toBe("Run cancelled: Ordered twice");
    expect(words("run.failed", { reason: "max_age" })).toBe("Run failed: max age");
  });

  it("A-6 a restored run says what it took over", () => {
    expect(words("run.restored", { name: "Charge card", kept_steps: 1 })).toBe(
      "Goes on after Charge card: 1 step taken over from the earlier run",
    );
  });

  it("a name that is not known yet, or one of an older version, is still readable", () => {
    expect(words("step.was_moved", { name: "Charge card" })).toBe("Step was moved: Charge card");
    expect(words("run.retry")).toBe("Run retry");
  });
});
