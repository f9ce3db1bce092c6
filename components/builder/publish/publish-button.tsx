"use client";
import { useState } from "react";
import { useBuilder } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { PublishReviewDialog } from "./publish-review-dialog";

/** The primary action while something waits to go live. Nothing for those who may not publish. */
export function PublishButton() {
  const { mayPublish, reviewRequired, hasDraft, headVersion, publishedVersion } = useBuilder((state) => state.workflow);
  // An edit that is still on its way makes a draft in a moment.
  const edited = useBuilder((state) => state.save.kind !== "saved");
  const [open, setOpen] = useState(false);
  if (!mayPublish) return null;
  const live = !hasDraft && !edited && headVersion === publishedVersion;
  return (
    <>
      <Button
        look="primary"
        disabled={live}
        reason={live ? `v${headVersion} is live already. Change something first.` : null}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {reviewRequired ? "Ask for review" : "Publish"}
      </Button>
      {open && <PublishReviewDialog onClose={() => setOpen(false)} />}
    </>
  );
}
