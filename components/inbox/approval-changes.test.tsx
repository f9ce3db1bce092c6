import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { sampleApproval } from "@/components/kit/sample-approvals";
import type { ApprovalChange } from "@/core/contracts/approval";
import { ApprovalContext } from "./approval-context";

function markupOf(changed: ApprovalChange[]): string {
  return renderToStaticMarkup(<ApprovalContext context={{ ...sampleApproval, changed }} />);
}

function wordsOf(markup: string): string {
  return markup
    .replaceAll(/<\/?(del|ins)[^>]*>/g, "")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

describe("an approval that is asked again", () => {
  it.each<[ApprovalChange, string]>([
    [{ path: "step.preview.output.amount", was: 42.6, now: 50 }, "Amount was 42.6, is now 50"],
    [{ path: "input.newPlan", was: "pro", now: "enterprise" }, "New plan was pro, is now enterprise"],
    [{ path: "input.account_id", was: "a1", now: null }, "Account id was a1, is now empty"],
    [{ path: "input.items[0]", was: { n: 1 }, now: [2] }, "Items was {&quot;n&quot;:1}, is now [2]"],
  ])("F-34 F-37 says what changed: %j", (change, sentence) => {
    expect(wordsOf(markupOf([change]))).toContain(sentence);
  });

  it.each([
    [
      { by: "Kim", happened: true },
      "Kim approved this",
      "What it allows has already happened there: approving does it once more.",
    ],
    [{ by: null, happened: false }, "Its time ran out", "Nothing of what it allows had happened there yet"],
  ])("says who approved it in the run that this one goes on from, and what came of it: %j", (before, who, what) => {
    const approvedBefore = { runId: "run_1", at: "2026-11-01T10:00:00.000Z", ...before };
    const words = wordsOf(renderToStaticMarkup(<ApprovalContext context={{ ...sampleApproval, approvedBefore }} />));
    expect(words).toContain(who);
    expect(words).toContain(what);
    expect(markupOf([])).not.toContain("Approved before");
  });

  it("A35 says who approved it in this run before it went back, and calls what changed as the card does", () => {
    const approvedBefore = { runId: sampleApproval.runId, at: "2026-11-01T10:00:00.000Z", by: "Kim", happened: false };
    const changed = [{ path: "Plan change", label: "Plan change", was: "Pro", now: "Team" }];
    const markup = renderToStaticMarkup(<ApprovalContext context={{ ...sampleApproval, approvedBefore, changed }} />);
    expect(markup).toContain(">Approved before<");
    const words = wordsOf(markup);
    expect(words).toContain("before it was asked again. Nothing has been called since.");
    expect(words).toContain("Plan change was Pro, is now Team");
  });

  it("H8 shows characters that cannot be seen, in the headline, the request, held and changed values", () => {
    const account = "\u202e21000001-TCCA\u202c";
    const told =
      /hidden character <\/span>U\+202E<\/bdi>21000001-TCCA<bdi[^>]*><span[^>]*>hidden character <\/span>U\+202C/g;
    const markup = renderToStaticMarkup(
      <ApprovalContext
        context={{
          ...sampleApproval,
          headline: `Pay ${account}`,
          fields: [{ label: "To", value: account }],
          bound: [{ path: "input.to", label: "To", value: [account] }],
          changed: [{ path: "input.to", was: account, now: account }],
        }}
      />,
    );
    expect(markup.match(told)).toHaveLength(5);
    expect(markup).not.toMatch(/[\u202a-\u202e]/);
  });

  it("F-37 strikes the approved value through, and says nothing when nothing changed", () => {
    expect(markupOf([{ path: "input.amount", was: 40, now: 4000 }])).toMatch(
      /<del[^>]*>40<\/del>.*<ins[^>]*>4000<\/ins>/,
    );
    const first = markupOf([]);
    expect(first).not.toContain("Changed since");
    expect(first).not.toContain("<del");
  });
});
