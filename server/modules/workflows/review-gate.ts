import { AppError } from "@/core/errors";
import type { Trigger } from "@/core/workflow/document";
import { lostApprovals } from "@/core/workflow/lost-approvals";
import { keepsSecret } from "@/core/workflow/trigger-lookup";
import { needsProof } from "@/core/workflow/webhook-proof";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { findVersionSpecs } from "./store";

interface Reviewed {
  id: string;
  slug: string;
  reviewRequired: boolean;
  publishedVersion: number | null;
}

/** What would happen with the old version, for the sentence that refuses it. */
const acts = {
  roll_back: "goes live again",
  start: "is started",
  restore: "is started again from a snapshot",
  correct: "goes on with other values",
} as const;

/**
 * Where publishing needs a second person, an old version that asks for less than what is live needs one too: what was looked at then
 * was looked at without the approvals that were added since.
 */
export async function requireApprovalsKept(workflow: Reviewed, number: number, act: keyof typeof acts): Promise<void> {
  const { id, slug, reviewRequired, publishedVersion } = workflow;
  // Taken out of service, a workflow is held to what was live last: retiring it is no way around its approvals.
  if (!reviewRequired || publishedVersion === null || number === publishedVersion) return;
  const specs = await findVersionSpecs(id, [publishedVersion, number]);
  const [live, old] = [specs.get(publishedVersion), specs.get(number)];
  if (!live || !old) return;
  if (act === "roll_back") requireProofKept(workflow, number, { live: live.triggers, old: old.triggers });
  const lost = lostApprovals(live, old, stepDefinitions, triggerDefinitions);
  if (lost.length === 0) return;
  const names = lost.map(({ name }) => `"${name}"`).join(", ");
  throw new AppError(
    "review_required",
    `Version ${String(number)} of "${slug}" does not ask for ${names} as the live version does, so a second person has to look at it before it ${acts[act]}. Choose "Edit from this version" in the Versions tab and ask for a review there: it shows the difference.`,
    lost.map(({ id: step, name }) => ({ code: "approval_missing", path: "version", message: `${name} (${step})` })),
  );
}

/** A webhook that asks its callers for a signature goes on asking. */
function requireProofKept(
  { slug }: Reviewed,
  number: number,
  { live, old }: { live: readonly Trigger[]; old: readonly Trigger[] },
): void {
  const opened = old.filter(
    (trigger) =>
      keepsSecret(trigger, triggerDefinitions) &&
      !needsProof(trigger, false) &&
      live.some((now) => now.id === trigger.id && keepsSecret(now, triggerDefinitions) && needsProof(now, false)),
  );
  if (opened.length === 0) return;
  throw new AppError(
    "review_required",
    `Version ${String(number)} of "${slug}" takes calls without a signature where the live version asks for one, so a second person has to look at it before it ${acts.roll_back}. Choose "Edit from this version" in the Versions tab and ask for a review there.`,
    opened.map(({ id }) => ({ code: "signature_missing", path: "version", message: `Webhook ${id}` })),
  );
}
