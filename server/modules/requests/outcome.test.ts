import { describe, expect, it } from "vitest";
import { endingOf } from "./outcome";

const step = (type: string, handle: string | null, status = "completed") => ({ nodeId: type, type, status, handle });
const end = (status: string, steps: Parameters<typeof endingOf>[1], failureReason: string | null = null) =>
  endingOf({ status, failureReason }, steps).outcome;

describe("A22 how a request ended for the customer", () => {
  it.each([
    ["nothing was asked of anybody", [step("notify", "out")], "completed"],
    ["approved", [step("approval", "approved"), step("notify", "out")], "completed"],
    ["rejected, and told so", [step("approval", "rejected"), step("notify", "out")], "declined"],
    ["nobody decided", [step("approval", "timed_out")], "timed_out"],
    ["the form was not filled in", [step("collect_form", "timed_out"), step("notify", "out")], "timed_out"],
    [
      "rejected, then settled by a colleague",
      [step("approval", "rejected"), step("human_handoff", "returned")],
      "completed",
    ],
    ["rejected, then a form about it", [step("approval", "rejected"), step("collect_form", "submitted")], "declined"],
    [
      "not filled in, asked again and filled in",
      [step("collect_form", "timed_out"), step("collect_form", "submitted")],
      "completed",
    ],
    ["approved first, rejected second", [step("approval", "approved"), step("approval", "rejected")], "declined"],
    ["a step that has such a way out and asks nobody", [step("decision", "rejected")], "completed"],
  ])("a completed run: %s", (_, steps, outcome) => {
    expect(end("completed", steps)).toBe(outcome);
  });

  it("a failed run says what failed: people, the workflow on purpose, or something broken", () => {
    const failed = [step("approval", null, "failed")];
    expect(end("failed", failed, "approval_rejected")).toBe("declined");
    expect(end("failed", failed, "approval_timed_out")).toBe("timed_out");
    expect(end("failed", [step("collect_form", null, "failed")], "form_timed_out")).toBe("timed_out");
    expect(end("failed", [step("approval", "rejected")], "ended_failed")).toBe("declined");
    expect(end("failed", [step("approval", "approved")], "ended_failed")).toBe("failed");
    expect(end("failed", [step("approval", "rejected"), step("notify", null, "failed")], "step_failed")).toBe("failed");
  });

  it("a cancelled run was cancelled, whatever was said before", () => {
    expect(end("cancelled", [step("approval", "rejected")])).toBe("cancelled");
  });

  it("names the step that nobody answered", () => {
    expect(
      endingOf({ status: "failed", failureReason: "form_timed_out" }, [step("collect_form", null, "failed")]),
    ).toEqual({
      outcome: "timed_out",
      nodeId: "collect_form",
    });
  });
});
