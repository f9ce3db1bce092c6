"use client";
import { useQuery } from "@tanstack/react-query";
import { Ban, CircleCheck, CircleX, Hand } from "lucide-react";
import { useState } from "react";
import type { PublishReviewItem } from "@/core/contracts/draft";
import { ReviewDialog } from "@/components/builder/publish/review-dialog";
import { reviewStatusWords } from "@/components/inbox/review-words";
import { changeCountWords } from "@/components/changes/change-list";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowItem, Rows } from "@/components/ui/rows";
import { StatusChip, type StatusFace } from "@/components/ui/status-chip";

/** Who asked to publish what, and who decided. Nothing where nobody ever asked. */
export function PublishReviews({ slug }: { slug: string }) {
  const api = useTRPC();
  const reviews = useQuery(api.drafts.reviews.list.queryOptions({ slug }));
  const [openId, setOpenId] = useState<string | null>(null);
  const items = reviews.data ?? [];
  const open = items.find(({ id }) => id === openId);
  if (items.length === 0) return null;
  return (
    <section className="mt-8">
      <h2 className="mb-3 font-semibold">Publish reviews</h2>
      <Rows aria-label="Publish reviews">
        {items.map((review) => (
          <RowItem key={review.id} className="flex-wrap gap-y-1.5">
            <StatusChip face={faceOf(review)} />
            <span className="min-w-0 flex-1 max-md:basis-full">
              <span className="block [overflow-wrap:anywhere]">
                {review.note === "" ? changeCountWords(review.changes.length) : review.note}
              </span>
              <span className="text-dense text-ink-2">
                {review.requestedBy.name} · {reviewStatusWords(review)}
              </span>
            </span>
            <span className="text-dense text-ink-2">
              <RelativeTime at={review.decidedAt ?? review.createdAt} />
            </span>
            <Button
              size="dense"
              className="max-sm:h-11"
              aria-haspopup="dialog"
              aria-label={`${verbOf(review)} the request by ${review.requestedBy.name}`}
              onClick={() => setOpenId(review.id)}
            >
              {verbOf(review)}
            </Button>
          </RowItem>
        ))}
      </Rows>
      {open && <ReviewDialog review={open} onClose={() => setOpenId(null)} />}
    </section>
  );
}

function verbOf({ status, blocked }: PublishReviewItem): string {
  return status === "pending" && blocked === null ? "Review" : "View";
}

function faceOf({ status, blocked }: PublishReviewItem): StatusFace {
  // Amber only for those whose turn it is.
  if (status === "pending") return { word: "Waiting", tone: blocked === null ? "person" : "quiet", icon: Hand };
  return faces[status];
}

const faces: Record<Exclude<PublishReviewItem["status"], "pending">, StatusFace> = {
  approved: { word: "Approved", tone: "completed", icon: CircleCheck },
  rejected: { word: "Rejected", tone: "failed", icon: CircleX },
  withdrawn: { word: "Withdrawn", tone: "quiet", icon: Ban },
};
