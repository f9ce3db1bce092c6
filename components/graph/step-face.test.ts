import { describe, expect, it } from "vitest";
import { assigneeWords, resultLine, stepFace, waitingLine } from "./step-face";

const idle = { waiting: null, summary: null, error: null, durationMs: null };
const approval = {
  waitpointId: "w1",
  kind: "approval",
  for: [] as string[],
  since: "2026-11-21T08:17:00Z",
  dueAt: null,
};

describe("the result line of a step", () => {
  it("F-15 shows how long a completed step took", () => {
    expect(resultLine({ ...idle, status: "completed", durationMs: 300 })).toBe("Completed (0.3s)");
  });

  it("F-17 shows the business result instead of JSON", () => {
    expect(resultLine({ ...idle, status: "completed", summary: "$42.60 prorated", durationMs: 812 })).toBe(
      "$42.60 prorated",
    );
  });

  it("F-18 says that an approval waits", () => {
    expect(resultLine({ ...idle, status: "waiting", waiting: approval })).toBe("Awaiting approval");
  });

  it("F-19 says nothing about a step whose turn has not come", () => {
    expect(resultLine({ ...idle, status: "pending" })).toBe("");
  });

  it("says what went wrong", () => {
    expect(
      resultLine({ ...idle, status: "failed", error: { code: "http_4xx", message: "Stripe refused the card." } }),
    ).toBe("Stripe refused the card.");
  });
});

describe("a rejection", () => {
  it("A34 is no green tick", () => {
    const rejected = stepFace({ status: "completed", waiting: null, rejected: true });
    const completed = stepFace({ status: "completed", waiting: null });
    expect([rejected.word, rejected.tone]).toEqual(["Rejected", "failed"]);
    expect(rejected.icon).not.toBe(completed.icon);
  });
});

describe("amber", () => {
  it("is for people only: a timer is not amber", () => {
    expect(stepFace({ status: "waiting", waiting: approval }).tone).toBe("person");
    expect(stepFace({ status: "waiting", waiting: { ...approval, kind: "timer" } }).tone).toBe("running");
  });
});

describe("the waiting line", () => {
  const now = Date.parse("2026-11-21T08:30:00Z");

  it("F-18 names the operator when nobody is named", () => {
    expect(waitingLine(approval, now, "Asia/Kathmandu")).toBe("Waiting for operator since 14:02");
  });

  it("names whom, and until when, with the day when it is not today", () => {
    const line = waitingLine(
      { ...approval, for: ["role:kyc_analyst", "team:support"], dueAt: "2026-11-22T08:17:00Z" },
      now,
      "Asia/Kathmandu",
    );
    expect(line).toBe("Waiting for kyc analyst, support team since 14:02, due 22 Nov, 14:02");
  });

  it("keeps a name as it is", () => {
    expect(assigneeWords("Kim")).toBe("Kim");
  });
});
