export { applyToDraft } from "./apply";
export { compareSides, previewPublish } from "./compare";
export { checkDraft, draftSince, openDraft } from "./open";
export { leave, present } from "./presence";
export { publishDraft, setReviewRequired } from "./publish-draft";
export { discardDraft, restoreVersion } from "./replace";
export { decideReview, listReviews, withdrawReview } from "./reviews";
