import { useQuery } from "@tanstack/react-query";
import type { PublishReviewItem } from "@/core/contracts/draft";
import { useTRPC } from "@/components/trpc";

/** Publish reviews that wait for the person looking; none for those who may not read workflows. */
export function useMyReviews(): { reviews: PublishReviewItem[]; loading: boolean } {
  const api = useTRPC();
  const reviews = useQuery(api.drafts.reviews.list.queryOptions({}));
  return {
    reviews: (reviews.data ?? []).filter(({ status, blocked }) => status === "pending" && blocked === null),
    loading: reviews.isPending,
  };
}
