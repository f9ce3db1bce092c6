export { applyToDraft, type BatchRequest } from "./apply";
export { compareSides, previewPublish, type Side } from "./compare";
export { checkDraft, draftSince, draftSource, openDraft, type DraftSource } from "./open";
export { leave, present } from "./presence";
export { publishDraft, setReviewRequired, type PublishRequest } from "./publish-draft";
export { discardDraft, restoreVersion } from "./replace";
export { decideReview, listReviews, withdrawReview } from "./reviews";
