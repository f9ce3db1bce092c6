import { createHash } from "node:crypto";
import type { ApprovalRow } from "./repository";

/** Of what whoever decides is shown: the question, whom it is asked of, what others said, what was asked back, and until when. */
export function fingerprintOf({ request, assignees, votes, questions, delegations, dueAt }: ApprovalRow): string {
  const shown = JSON.stringify([request, assignees, votes, questions, delegations, dueAt?.getTime() ?? null]);
  return createHash("sha256").update(shown).digest("hex").slice(0, 32);
}
