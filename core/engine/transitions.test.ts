import { describe, expect, it } from "vitest";
import { runStatuses } from "@/core/run-status";
import {
  allowedRunActions,
  isFinalRunStatus,
  isRunActionAllowed,
  statusesAllowing,
  visibleRunStatus,
} from "./transitions";

describe("run transitions", () => {
  it("F-49 has a row for every status", () => {
    expect(Object.keys(allowedRunActions).sort()).toEqual([...runStatuses].sort());
    expect(runStatuses.filter(isFinalRunStatus)).toEqual(["completed", "failed", "cancelled"]);
  });

  it("allows pause, resume, cancel and retry exactly where they make sense", () => {
    const waiting = ["waiting_async", "waiting_approval", "waiting_human", "waiting_form"];
    expect(statusesAllowing("pause")).toEqual(["pending", "running", ...waiting]);
    expect(statusesAllowing("resume")).toEqual(["paused"]);
    expect(statusesAllowing("cancel")).toEqual(["pending", "running", "paused", ...waiting]);
    expect(statusesAllowing("retry")).toEqual(["failed", "cancelled"]);
    expect(isRunActionAllowed("completed", "retry")).toBe(false);
  });

  it("F-49 shows the most human status of parallel branches", () => {
    expect(visibleRunStatus(["timer", "handoff", "form", "approval"], true)).toBe("waiting_approval");
    expect(visibleRunStatus(["callback", "handoff", "form"], true)).toBe("waiting_form");
    expect(visibleRunStatus(["handoff", "retry"], false)).toBe("waiting_human");
    for (const kind of ["timer", "callback", "retry", "event", "constructor"])
      expect(visibleRunStatus([kind], true)).toBe("waiting_async");
    expect(visibleRunStatus([], true)).toBe("running");
    expect(visibleRunStatus([], false)).toBe("pending");
  });
});
