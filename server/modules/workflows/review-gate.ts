import { AppError } from "@/core/errors";
import { lostApprovals } from "@/core/spec/lost-approvals";
import { stepDefinitions } from "@/steps/definitions";
import { findVersionSpecs } from "./store";

interface Reviewed {
  id: string;
  slug: string;
  status: string;
  reviewRequired: boolean;
  publishedVersion: number | null;
}

/** What would happen with the old version, for the sentence that refuses it. */
const acts = {
  roll_back: "goes live again",
  start: "is started",
  restore: "is started again from a snapshot",
} as const;

/**
 * Where publishing needs a second person, an old version that asks for less than what is live needs one too: what was looked at then
 * was looked at without the approvals that were added since.
 */
export async function requireApprovalsKept(workflow: Reviewed, number: number, act: keyof typeof acts): Promise<void> {
  const { id, slug, status, reviewRequired, publishedVersion } = workflow;
  if (!reviewRequired || publishedVersion === null || status === "retired" || number === publishedVersion) return;
  const specs = await findVersionSpecs(id, [publishedVersion, number]);
  const [live, old] = [specs.get(publishedVersion), specs.get(number)];
  if (!live || !old) return;
  const lost = lostApprovals(live, old, stepDefinitions);
  if (lost.length === 0) return;
  const names = lost.map(({ name }) => `"${name}"`).join(", ");
  throw new AppError(
    "review_required",
    `Version ${String(number)} of "${slug}" does not ask for ${names} as the live version does, so a second person has to look at it before it ${acts[act]}. Choose "Edit from this version" in the Versions tab and ask for a review there: it shows the difference.`,
    lost.map(({ id: step, name }) => ({ code: "approval_missing", path: "version", message: `${name} (${step})` })),
  );
}
