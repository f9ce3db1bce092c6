import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { CustomerRequest } from "@/core/contracts/request";
import { RequestProgress } from "./request-progress";

const request: CustomerRequest = {
  id: "r",
  title: "Plan upgrade",
  askedAt: "2026-11-20T10:00:00.000Z",
  state: "completed",
  isOver: true,
  label: "Done",
  since: "2026-11-20T10:01:00.000Z",
  usual: null,
  nudgedAt: null,
  mayNudge: false,
  mayWithdraw: false,
  steps: [{ label: "We checked who you are", state: "done" }],
};

const drawn = (changed: Partial<CustomerRequest>) =>
  renderToStaticMarkup(<RequestProgress request={{ ...request, ...changed }} />);

it("A22 no end but a good one looks like success", () => {
  expect(drawn({})).toContain("text-completed");
  for (const state of ["declined", "timed_out", "failed", "cancelled"] as const)
    expect(drawn({ state, label: "x", steps: [] })).not.toContain("completed");
});

it("A21 is folded to one line when it is over, and open until then", () => {
  expect(drawn({})).toMatch(/<details(?![^>]*open)/);
  expect(drawn({ state: "working", isOver: false })).not.toContain("<details");
});
