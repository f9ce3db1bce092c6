import type { PublishReviewItem } from "@/core/contracts/draft";

/** "Kim asks to publish Subscription Upgrade." */
export function reviewHeadline(review: Pick<PublishReviewItem, "requestedBy" | "workflow">): string {
  return `${review.requestedBy.name} asks to publish ${review.workflow.name}`;
}

/** "Published as v4, approved by Kim", "Rejected by Kim", "Withdrawn", "Waiting for a second person". */
export function reviewStatusWords({
  status,
  version,
  decidedBy,
}: Pick<PublishReviewItem, "status" | "version" | "decidedBy">): string {
  const by = decidedBy ?? "somebody who left";
  if (status === "approved")
    return version === null ? `Approved by ${by}` : `Published as v${version}, approved by ${by}`;
  if (status === "rejected") return `Rejected by ${by}`;
  return status === "withdrawn" ? "Withdrawn" : "Waiting for a second person";
}

/** Said to the person who decided: what happens now. */
export function decidedWords({ status, version }: Pick<PublishReviewItem, "status" | "version">): string {
  if (status === "rejected") return "Rejected. Nothing was published; the draft stays.";
  const live = version === null ? "It is live." : `v${version} is live.`;
  return `Approved. ${live} Runs that are under way finish on their version.`;
}
