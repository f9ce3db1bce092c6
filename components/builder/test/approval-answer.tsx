"use client";
import { useState } from "react";
import type { TestQuestion } from "@/core/contracts/test-run";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { Rehearsing } from "./use-rehearsal";

const hints: Readonly<Record<string, string>> = {
  approved: "Needed to approve.",
  rejected: "Needed to reject.",
};

type Decision = TestQuestion["commentRequiredOn"][number];

/** Approve or reject, with a comment where the policy asks for one. */
export function ApprovalAnswer({ question, rehearsal }: { question: TestQuestion; rehearsal: Rehearsing }) {
  const [comment, setComment] = useState("");
  const [tried, setTried] = useState<Decision | null>(null);
  const missing = tried !== null && question.commentRequiredOn.includes(tried) && comment.trim() === "";
  const decide = (outcome: Decision) => {
    setTried(outcome);
    if (question.commentRequiredOn.includes(outcome) && comment.trim() === "") return;
    rehearsal.act({ type: "answer", outcome, ...(comment.trim() === "" ? {} : { comment: comment.trim() }) });
  };
  return (
    <>
      <Field
        label="Comment"
        optional={question.commentRequiredOn.length === 0}
        hint={hints[question.commentRequiredOn.join(" ")] ?? null}
        error={missing ? "This decision needs a comment. Write why." : null}
      >
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={5000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={rehearsal.busy} onClick={() => decide("approved")}>
          Approve
        </Button>
        <Button busy={rehearsal.busy} onClick={() => decide("rejected")}>
          Reject
        </Button>
      </div>
    </>
  );
}
