"use client";
import { PencilLine } from "lucide-react";
import { Link } from "@/components/ui/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { useBuilder } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-look";
import { DiscardDraftDialog } from "./discard-draft-dialog";
import { draftWords } from "./preview-words";
import { ReviewBanner } from "./review-banner";
import { usePendingReview } from "./use-pending-review";

/** Says what customers get while somebody edits, and whether publishing waits for a second person. Nothing when all is live. */
export function DraftBanner() {
  const workflow = useBuilder((state) => state.workflow);
  const path = usePathname();
  const [discarding, setDiscarding] = useState(false);
  const words = draftWords(workflow);
  const review = usePendingReview();
  if (review !== null) return <ReviewBanner review={review} />;
  if (words === null) return null;
  const from = workflow.publishedVersion ?? workflow.headVersion;
  return (
    <section
      aria-label="Draft"
      className="mt-3 mb-1 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-control border border-hairline bg-sunken px-3 py-1.5 text-dense"
    >
      <PencilLine size={15} aria-hidden className="shrink-0 text-ink-2" />
      <p className="min-w-0 flex-[1_1_200px]">{words}</p>
      {workflow.hasDraft && (
        <span className="flex items-center gap-1">
          <Link
            href={`${path}?tab=versions&from=${from}&to=draft`}
            scroll={false}
            className={buttonClass({ look: "quiet", size: "dense" })}
          >
            View changes
          </Link>
          {workflow.mayEdit && (
            <Button look="quiet" size="dense" aria-haspopup="dialog" onClick={() => setDiscarding(true)}>
              Discard
            </Button>
          )}
        </span>
      )}
      {discarding && <DiscardDraftDialog onClose={() => setDiscarding(false)} />}
    </section>
  );
}
