import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { demoRun } from "@/components/landing/demo-run";
import { RunCard } from "./run-card";

/** The card's words in reading order, without markup. */
function wordsOf(phase: Parameters<typeof demoRun>[0]): string {
  const html = renderToStaticMarkup(<RunCard run={demoRun(phase, Date.now())} />);
  return html
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll("&#x27;", "'")
    .replaceAll(/\s+/g, " ")
    .trim();
}

describe("the run card of the subscription upgrade, while it holds", () => {
  const words = wordsOf("holding");

  it.each([
    ["F-9 title", "Workflow Subscription Upgrade"],
    ["F-10 version", "Version v3"],
    ["F-11 status", "Status Running"],
    ["F-12 started", "Started 2m ago"],
    ["F-13 trigger", "Trigger Customer request"],
    ["F-14 F-15 a finished action", "Verify customer identity tool_call identity.verify Completed (0.3s)"],
    ["F-16 a condition", "Check plan eligibility condition current_plan != 'enterprise' Passed"],
    ["F-17 a business result", "Preview upgrade cost tool_call stripe.subscription.preview $42.60 prorated"],
    ["F-18 an approval that waits", "Manager approval required approval Waiting for operator since"],
    [
      "F-19 F-20 what has not begun",
      "Awaiting approval Execute upgrade tool_call stripe.subscription.update Send confirmation notify WhatsApp + Email",
    ],
  ])("%s", (_, expected) => {
    expect(words).toContain(expected);
  });
});

describe("after the decision", () => {
  it("F-33 a rejection skips the billing and tells the customer why", () => {
    const words = wordsOf("declined");
    expect(words).toContain("Execute upgrade tool_call stripe.subscription.update Skipped");
    expect(words).toContain("Explain the rejection notify Conversation + Email Jane knows why");
  });

  it("an approval runs to the end", () => {
    expect(wordsOf("done")).toContain("Status Completed");
  });
});
