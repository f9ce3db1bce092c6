"use client";
import { useState } from "react";
import { ProblemList } from "@/components/builder/problems/problem-list";
import { ChangeList } from "@/components/changes/change-list";
import { ReviewActions } from "@/components/inbox/review-actions";
import { ReviewFacts } from "@/components/inbox/review-facts";
import { TextDiffView } from "@/components/builder/versions/text-diff-view";
import { Button } from "@/components/ui/button";
import { KitSection } from "./kit-section";
import { ownReview, sampleChanges, sampleProblems, sampleReview } from "./sample-changes";

const document = (retries: number, recipients: string[]) => ({
  triggers: [],
  config: { maxRetries: retries },
  spec: {
    specVersion: "1",
    startNodeId: "tell",
    nodes: [{ id: "tell", type: "notify", name: "Tell the owner", to: recipients }],
    edges: [],
  },
});

/** What stands between a draft and its customers. */
export function KitPublishing() {
  const [said, setSaid] = useState("");
  return (
    <>
      <KitSection title="Changes">
        <ChangeList changes={sampleChanges} label="Changes" details />
      </KitSection>
      <KitSection title="Problems">
        <div className="max-w-[400px]">
          <ProblemList
            groups={sampleProblems}
            label="Problems by step"
            onJump={({ issue }) => setSaid(issue.message)}
            fixes={({ issue }) =>
              issue.code === "no_trigger" ? <Button size="dense">Start it by hand</Button> : undefined
            }
          />
        </div>
      </KitSection>
      <KitSection title="Differences in text">
        <TextDiffView before={document(3, ["user:jane"])} after={document(5, ["user:jane", "team:billing"])} />
      </KitSection>
      <KitSection title="Publish review">
        <p aria-live="polite">{said}</p>
        <div className="grid gap-8 md:grid-cols-2">
          {[sampleReview, ownReview].map((review) => (
            <div key={review.id} className="flex flex-col gap-4">
              <ReviewFacts review={review} />
              <ReviewActions
                review={review}
                busy={false}
                problem={null}
                onDecide={({ decision }) => setSaid(decision)}
                onWithdraw={() => setSaid("withdrawn")}
              />
            </div>
          ))}
        </div>
      </KitSection>
    </>
  );
}
