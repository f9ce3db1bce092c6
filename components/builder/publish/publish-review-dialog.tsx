"use client";
import { useMemo, useState } from "react";
import type { PublishPreview } from "@/core/contracts/draft";
import { problemGroups } from "@/components/builder/problems/problem-groups";
import { useJump } from "@/components/builder/problems/use-jump";
import { useBuilder } from "@/components/builder/state/use-builder";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { SkeletonRows } from "@/components/ui/skeleton";
import { consequenceWords } from "./preview-words";
import { PublishReview } from "./publish-review";
import { usePublishing } from "./use-publishing";

/** Shows what would go live and for whom it matters, and publishes exactly that. */
export function PublishReviewDialog({ onClose }: { onClose: () => void }) {
  const publishing = usePublishing(onClose);
  const jump = useJump();
  const [note, setNote] = useState("");
  const { preview } = publishing;
  const groups = useIssueGroups(preview);
  const [seen, setSeen] = useState<number | null>(null);
  if (preview && seen === null) setSeen(preview.revision);
  const blocked = groups.errors.length > 0;
  const cannot = cannotPublish(preview);
  const title =
    preview === null
      ? "Publish"
      : preview.reviewRequired
        ? `Ask for review of v${preview.nextVersion}`
        : `Publish v${preview.nextVersion}`;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={preview !== null && !blocked ? consequenceWords(preview) : undefined}
      footer={
        <>
          <Button onClick={onClose}>{blocked ? "Back to the draft" : "Not now"}</Button>
          {!blocked && (
            <Button
              look="primary"
              busy={publishing.busy}
              disabled={cannot !== null}
              reason={cannot}
              onClick={() => publishing.publish(note.trim())}
            >
              {preview?.reviewRequired === true ? "Ask for review" : title}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {publishing.problem !== null && <Notice tone="failed">{publishing.problem}</Notice>}
        {preview !== null && seen !== null && preview.revision !== seen && (
          <Notice tone="quiet">The draft changed while this was open. The list shows it as it is now.</Notice>
        )}
        {preview !== null ? (
          <PublishReview
            preview={preview}
            {...groups}
            note={note}
            onNote={setNote}
            onJump={({ place }) => {
              onClose();
              jump(place);
            }}
          />
        ) : publishing.previewProblem !== null ? (
          <ErrorState
            title="The changes did not load"
            message={publishing.previewProblem}
            onRetry={publishing.retryPreview}
          />
        ) : (
          <SkeletonRows rows={4} label="Reading the changes" />
        )}
      </div>
    </Dialog>
  );
}

function cannotPublish(preview: PublishPreview | null): string | null {
  if (preview === null) return "The changes are still being read.";
  return preview.nextVersion === preview.publishedVersion
    ? `Nothing differs from v${preview.publishedVersion}, which is live.`
    : null;
}

function useIssueGroups(preview: PublishPreview | null) {
  const document = useBuilder((state) => state.document);
  return useMemo(() => {
    const of = (severity: "error" | "warning") =>
      problemGroups(preview?.issues.filter((issue) => issue.severity === severity) ?? [], document);
    return { errors: of("error"), warnings: of("warning") };
  }, [preview, document]);
}
