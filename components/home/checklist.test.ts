import { expect, it } from "vitest";
import type { FirstSteps } from "@/core/contracts/library";
import { checklist } from "./checklist";

const nothing: FirstSteps = {
  created: false,
  tested: false,
  published: false,
  decided: false,
  connected: true,
  mayCreate: true,
  workflow: null,
};

it("M-1 leads from the templates to a live workflow", () => {
  expect(checklist(nothing).map(({ id, done, href }) => [id, done, href])).toEqual([
    ["create", false, "/workflows/templates"],
    ["test", false, null],
    ["publish", false, null],
    ["decide", false, "/inbox"],
  ]);
  const begun = checklist({ ...nothing, created: true, workflow: { slug: "desk", name: "Desk" } });
  expect(begun.find(({ id }) => id === "test")?.href).toBe("/workflows/desk?tab=canvas&panel=test");
});

it("asks of people who may not make workflows only what they may do", () => {
  expect(checklist({ ...nothing, mayCreate: false }).map(({ id }) => id)).toEqual(["decide"]);
});
