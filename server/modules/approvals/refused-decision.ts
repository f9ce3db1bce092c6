import { AppError } from "@/core/errors";
import { accessChanged } from "@/server/auth/standing";
import type { Actor } from "@/server/db/tenant";
import { nameRefs } from "@/server/modules/directory/service";
import type { Resolved } from "@/server/modules/runs/service";
import { alreadyDecided, notFound } from "./existing-approval";
import { decidedAnother, notAsked, spokenAlready } from "./policy";
import type { ApprovalRow } from "./repository";

/** Why a decision that was allowed when it was looked at did not count in the moment that it was taken. */
export async function refusedDecision(
  actor: Actor,
  after: ApprovalRow,
  refused: Extract<Resolved, { ok: false }>,
): Promise<AppError> {
  switch (refused.reason) {
    case "not_found":
    // Approvals take no files.
    case "files_gone":
      return notFound();
    case "same_person":
      return new AppError(spokenAlready.code, spokenAlready.message);
    case "decided_before":
      return new AppError(decidedAnother.code, decidedAnother.message);
    case "changed":
      return accessChanged();
    case "not_asked":
      return new AppError(notAsked.code, notAsked.message);
    case "given_away":
      return new AppError(
        "conflict",
        `This was given to somebody else while you decided: ${await namesOf(actor, refused.to)}. Your decision was not taken.`,
      );
    case "resolved":
      return alreadyDecided(after);
  }
}

/** Whom references name, for a sentence. */
export async function namesOf(actor: Actor, refs: readonly string[]): Promise<string> {
  const names = await nameRefs(actor.organizationId, refs);
  return refs.map((ref) => names.get(ref) ?? ref).join(", ");
}
