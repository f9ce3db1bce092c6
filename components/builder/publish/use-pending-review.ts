"use client";
import { useQuery } from "@tanstack/react-query";
import type { PublishReviewItem } from "@/core/contracts/draft";
import { useBuilder } from "@/components/builder/state/use-builder";
import { useTRPC } from "@/components/trpc";

/** The review that waits for this workflow. A decision changes nothing in the draft, so the builder's own state may not hear of it. */
export function usePendingReview(): PublishReviewItem | null {
  const api = useTRPC();
  const slug = useBuilder((state) => state.slug);
  const atOpening = useBuilder((state) => state.workflow.review);
  const reviews = useQuery(api.drafts.reviews.list.queryOptions({ slug }));
  return reviews.data ? (reviews.data.find(({ status }) => status === "pending") ?? null) : atOpening;
}
