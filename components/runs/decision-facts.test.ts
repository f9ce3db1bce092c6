import { expect, test } from "vitest";
import type { Json } from "@/core/json";
import { decisionFacts } from "./decision-facts";

const at = { decidedAt: "2026-11-21T08:17:00.000Z" };
const nothing = { onBehalfOf: null, comment: null, messageToRequester: null, edits: null };

test.each<[Json, string[]]>([
  [
    {
      ...at,
      ...nothing,
      decision: "rejected",
      decidedBy: { id: "u", name: "Max for Ana", email: null },
      onBehalfOf: { id: "a", name: "Ana" },
      comment: "Not now",
      messageToRequester: "Sorry",
    },
    ["Rejected by: Max for Ana", "Comment: Not now", "Message to the requester: Sorry"],
  ],
  [{ ...at, ...nothing, decision: "timed_out", decidedBy: null }, ["Decided in time by: Nobody"]],
  // Hidden as a whole: what was sensitive about it.
  [{ ...at, ...nothing, decision: "approved", decidedBy: "hidden" }, ["Approved by: hidden"]],
  [{ decision: "approved" }, []],
  [{ ...at, decision: "toString" }, []],
  ["approved", []],
  [null, []],
])("A34 a decision is told in words: %j", (output, facts) => {
  expect(decisionFacts(output).map(({ label, value }) => `${label}: ${value}`)).toEqual(facts);
});
